//! Starts and stops the stand-in: its port, its thread, its routes.

use crate::{
    api, authorize,
    clients::Clients,
    connection::{AbortHandle, AbortableListener},
    library::List,
    middleware,
    options::Options,
    pages, pictures,
    shared::{Shared, SharedState},
    token_endpoint,
};
use axum::{
    Router,
    extract::State,
    middleware::from_fn_with_state,
    routing::{any, get, post},
};
use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
    thread,
};
use tokio::{runtime, sync::oneshot};

/// A stand-in that runs on its own thread. Dropping it stops the server and closes every connection.
#[derive(Debug)]
pub struct Standin {
    pub(crate) shared: SharedState,
    stop: Option<oneshot::Sender<()>>,
    ended: Option<oneshot::Receiver<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Standin {
    /// Starts on 127.0.0.1.
    ///
    /// # Errors
    /// When the port is in use, when a redirect URI of the options cannot be registered
    /// ([`io::ErrorKind::InvalidInput`]), or when no thread can be started.
    pub fn start(options: Options) -> io::Result<Self> {
        let mut clients = Clients::default();
        for (client_id, redirect_uri) in &options.clients {
            let registered = clients.register(client_id, redirect_uri);
            registered.map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        }
        let listener = listen(options.port)?;
        let origin = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared::new(origin, options, clients));
        let (stop, stopped) = oneshot::channel();
        let (ending, ended) = oneshot::channel();
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let router = router(Arc::clone(&shared));
        let thread = thread::Builder::new().name("standin".to_owned()).spawn(move || {
            runtime.block_on(serve(listener, router, stopped));
            drop(runtime);
            drop(ending);
        })?;
        Ok(Self {
            shared,
            stop: Some(stop),
            ended: Some(ended),
            thread: Some(thread),
        })
    }

    /// Stops the server, closes every connection, and waits until that is done.
    pub async fn stop(mut self) {
        self.signal();
        if let Some(ended) = self.ended.take() {
            let _ = ended.await;
        }
    }

    fn signal(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

impl Drop for Standin {
    fn drop(&mut self) {
        self.signal();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
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
    let service = router.into_make_service_with_connect_info::<AbortHandle>();
    tokio::select! {
        _ = axum::serve(AbortableListener(listener), service) => {}
        _ = stopped => {}
    }
}

fn router(shared: SharedState) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/authorize", get(authorize::show).post(authorize::decide))
        .route("/api/token", post(token_endpoint::exchange))
        .route("/v1/me", get(api::me))
        .route("/v1/tracks/{id}", get(api::track))
        .route("/v1/me/player/recently-played", get(api::recently_played))
        .merge(lists())
        .route("/v1", any(api::unknown))
        .route("/v1/{*rest}", any(api::unknown))
        .route("/pictures/{kind}/{number}/{width}", get(pictures::picture))
        .fallback(|| async { pages::not_found() })
        .layer(from_fn_with_state(Arc::clone(&shared), middleware::handle))
        .with_state(shared)
}

/// The lists of the library that are paged by an offset.
fn lists() -> Router<SharedState> {
    let lists = [List::TopArtists, List::TopTracks, List::Playlists];
    lists.into_iter().fold(Router::new(), |router, list| {
        let handler = move |State(shared), query, headers| api::list(list, shared, query, headers);
        router.route(list.path(), get(handler))
    })
}

async fn index(State(shared): State<SharedState>) -> axum::response::Response {
    pages::index(&shared.origin)
}
