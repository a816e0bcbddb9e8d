//! One running stand-in: its port, its thread, its end.

use crate::{
    api, authorize,
    clients::Clients,
    front,
    line::{Cut, Port},
    options::Options,
    pages,
    shared::{Memory, Shared},
    token,
};
use axum::{
    Router,
    extract::State,
    middleware,
    routing::{any, get, post},
};
use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
    thread,
};
use tokio::{runtime, sync::oneshot};

/// A stand-in that runs on a thread of its own. Dropping it ends the server and every open connection.
#[derive(Debug)]
pub struct Standin {
    pub(crate) memory: Memory,
    stop: Option<oneshot::Sender<()>>,
    ended: Option<oneshot::Receiver<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Standin {
    /// Starts on 127.0.0.1.
    ///
    /// # Errors
    /// When the port is taken, when a redirect URI of the options cannot be registered
    /// ([`io::ErrorKind::InvalidInput`]), or when the system gives no thread.
    pub fn start(options: Options) -> io::Result<Self> {
        let mut clients = Clients::default();
        for (client_id, redirect_uri) in &options.clients {
            let registered = clients.register(client_id, redirect_uri);
            registered.map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        }
        let listener = listen(options.port)?;
        let origin = format!("http://{}", listener.local_addr()?);
        let memory = Arc::new(Shared::new(origin, options, clients));
        let (stop, stopped) = oneshot::channel();
        let (ending, ended) = oneshot::channel();
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let router = router(Arc::clone(&memory));
        let thread = thread::Builder::new().name("standin".to_owned()).spawn(move || {
            runtime.block_on(serve(listener, router, stopped));
            drop(runtime);
            drop(ending);
        })?;
        Ok(Self {
            memory,
            stop: Some(stop),
            ended: Some(ended),
            thread: Some(thread),
        })
    }

    /// Ends the server and every open connection, and waits until that is done.
    pub async fn stop(mut self) {
        self.signal();
        if let Some(ended) = self.ended.take() {
            let _the_sender_is_dropped_at_the_end = ended.await.is_err();
        }
    }

    fn signal(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _it_may_have_ended_already = stop.send(()).is_ok();
        }
    }
}

impl Drop for Standin {
    fn drop(&mut self) {
        self.signal();
        if let Some(thread) = self.thread.take() {
            let _whatever_it_ended_with = thread.join().is_ok();
        }
    }
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

async fn serve(listener: TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let service = router.into_make_service_with_connect_info::<Cut>();
    tokio::select! {
        _ = axum::serve(Port(listener), service) => {}
        _ = stopped => {}
    }
}

fn router(memory: Memory) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/authorize", get(authorize::ask).post(authorize::decide))
        .route("/api/token", post(token::exchange))
        .route("/v1/me", get(api::me))
        .route("/v1/tracks/{id}", get(api::track))
        .route("/v1", any(api::unknown))
        .route("/v1/{*rest}", any(api::unknown))
        .fallback(|| async { pages::not_found() })
        .layer(middleware::from_fn_with_state(Arc::clone(&memory), front::pass))
        .with_state(memory)
}

async fn index(State(memory): State<Memory>) -> axum::response::Response {
    pages::index(&memory.origin)
}
