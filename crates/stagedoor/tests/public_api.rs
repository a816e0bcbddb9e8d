//! Holds the list of public items, in `public-api.txt`, so that it changes on purpose only. Reads the source: it follows what the root
//! of the crate makes public to where that is defined, and leaves out texts, bodies and private fields.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Block, Fields, FieldsNamed, FieldsUnnamed, Ident, ImplItem, Item, ItemImpl, ItemMod, Type, UseTree,
    Visibility,
};

const LIST: &str = "tests/public-api.txt";

/// A module by its path below the root, and an item in it by its name.
type Place = (Vec<String>, String);

/// The modules of the crate, by their paths below the root.
#[derive(Default)]
struct Source(BTreeMap<Vec<String>, Vec<Item>>);

impl Source {
    /// Reads the module at `path`, whose text is in `file`, and those below it.
    fn read(&mut self, path: Vec<String>, file: &Path, folder: &Path) {
        let text = fs::read_to_string(file).expect("a source file");
        let items = syn::parse_file(&text).expect("Rust").items;
        self.add(path, items, folder);
    }

    fn add(&mut self, path: Vec<String>, items: Vec<Item>, folder: &Path) {
        for item in &items {
            let Item::Mod(ItemMod {
                attrs, ident, content, ..
            }) = item
            else {
                continue;
            };
            if is_of_tests_or_internals(attrs) {
                continue;
            }
            let name = ident.to_string();
            let below = [path.clone(), vec![name.clone()]].concat();
            let folder = folder.join(&name);
            match content {
                Some((_, items)) => self.add(below, items.clone(), &folder),
                None if folder.join("mod.rs").exists() => self.read(below, &folder.join("mod.rs"), &folder),
                None => self.read(below, &folder.with_extension("rs"), &folder),
            }
        }
        self.0.insert(path, items);
    }

    /// Where `name` is defined that module `path` knows; `None` where that is no item of this crate.
    fn definition(&self, path: &[String], name: &str) -> Option<Place> {
        let items = self.0.get(path)?;
        if items.iter().any(|item| is_named(item, name)) {
            return Some((path.to_vec(), name.to_owned()));
        }
        let imported = items.iter().find_map(|item| match item {
            Item::Use(import) => leaves(&import.tree)
                .into_iter()
                .find(|leaf| leaf.last().is_some_and(|last| last == name)),
            _ => None,
        })?;
        let (module, name) = self.absolute(path, &imported)?;
        self.definition(&module, &name)
    }

    /// The place that a path means which is written in module `path`.
    fn absolute(&self, path: &[String], written: &[String]) -> Option<Place> {
        let (name, mut rest) = written.split_last()?;
        let mut module = path.to_vec();
        match rest.first().map(String::as_str) {
            Some("crate") => module.clear(),
            Some("self") => {}
            Some("super") => {
                module.pop();
            }
            _ => return Some(([module, rest.to_vec()].concat(), name.clone())),
        }
        rest = &rest[1..];
        while rest.first().is_some_and(|step| step == "super") {
            module.pop();
            rest = &rest[1..];
        }
        Some(([module, rest.to_vec()].concat(), name.clone()))
    }

    /// What module `path` makes public: the names under which its items are known there, and where they are defined.
    fn public(&self, path: &[String]) -> Vec<(String, Place)> {
        let mut all = Vec::new();
        for item in &self.0[path] {
            match item {
                Item::Use(import) if is_public(&import.vis) => {
                    for leaf in leaves(&import.tree) {
                        let name = leaf.last().expect("a name").clone();
                        let place = self.definition(path, &name);
                        all.push((name, place.unwrap_or_else(|| panic!("{leaf:?} is not found"))));
                    }
                }
                item => {
                    let public = head(item).filter(|(visibility, _)| is_public(visibility));
                    all.extend(public.map(|(_, name)| (name.clone(), (path.to_vec(), name))));
                }
            }
        }
        all.sort();
        all
    }

    /// Everything that belongs to what is defined at a place: its definition, and what is implemented for it.
    fn described(&self, place: &Place) -> Vec<Item> {
        let own = self.0[&place.0].iter().filter(|item| is_named(item, &place.1));
        let mut items: Vec<Item> = own.cloned().collect();
        for (path, others) in &self.0 {
            for item in others {
                let target = match item {
                    Item::Impl(block) if is_of_tests_or_internals(&block.attrs) => None,
                    Item::Impl(block) => type_name(&block.self_ty),
                    Item::Macro(call) => call.mac.parse_body::<Ident>().ok().map(|name| name.to_string()),
                    _ => None,
                };
                if target.is_some_and(|name| self.definition(path, &name).as_ref() == Some(place)) {
                    items.push(item.clone());
                }
            }
        }
        items
    }
}

fn is_of_tests_or_internals(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string();
            condition == "test" || condition.contains("internals")
        }
        _ => false,
    })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The visibility and the name of an item that has both.
fn head(item: &Item) -> Option<(&Visibility, String)> {
    let (visibility, name) = match item {
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    Some((visibility, name.to_string()))
}

fn is_named(item: &Item, name: &str) -> bool {
    head(item).is_some_and(|(_, own)| own == name)
}

fn type_name(of: &Type) -> Option<String> {
    match of {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// The whole paths that a `use` names.
fn leaves(tree: &UseTree) -> Vec<Vec<String>> {
    match tree {
        UseTree::Path(path) => {
            let first = path.ident.to_string();
            let rest = leaves(&path.tree).into_iter();
            rest.map(|rest| [vec![first.clone()], rest].concat()).collect()
        }
        UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
        UseTree::Name(name) => vec![vec![name.ident.to_string()]],
        _ => Vec::new(),
    }
}

/// Leaves out what is no part of the API.
struct Strip;

impl VisitMut for Strip {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let kept = [
            "cfg",
            "component",
            "derive",
            "from",
            "must_use",
            "non_exhaustive",
            "prop",
        ];
        attributes.retain(|attribute| kept.iter().any(|name| attribute.path().is_ident(name)));
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.clear();
    }

    fn visit_item_impl_mut(&mut self, block: &mut ItemImpl) {
        let is_of_trait = block.trait_.is_some();
        block.items.retain(|item| match item {
            ImplItem::Fn(function) => !is_of_trait && is_public(&function.vis),
            ImplItem::Const(constant) => !is_of_trait && is_public(&constant.vis),
            _ => true,
        });
        visit_mut::visit_item_impl_mut(self, block);
    }

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        match &mut item.fields {
            Fields::Named(FieldsNamed { named: fields, .. })
            | Fields::Unnamed(FieldsUnnamed { unnamed: fields, .. }) => {
                *fields = std::mem::take(fields)
                    .into_iter()
                    .filter(|field| is_public(&field.vis))
                    .collect();
            }
            Fields::Unit => {}
        }
        visit_mut::visit_item_struct_mut(self, item);
    }
}

fn list() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut source = Source::default();
    source.read(Vec::new(), &folder.join("lib.rs"), &folder);
    let root = source.0[&Vec::new()].iter();
    let modules = root.filter_map(|item| match item {
        Item::Mod(module) if is_public(&module.vis) && !is_of_tests_or_internals(&module.attrs) => {
            Some(vec![module.ident.to_string()])
        }
        _ => None,
    });
    let mut text = String::new();
    for path in std::iter::once(Vec::new()).chain(modules) {
        let whole = [vec!["stagedoor".to_owned()], path.clone()].concat().join("::");
        for (name, place) in source.public(&path) {
            let mut items = source.described(&place);
            items.retain_mut(|item| {
                Strip.visit_item_mut(item);
                !matches!(item, Item::Impl(block) if block.trait_.is_none() && block.items.is_empty())
            });
            let mut file = syn::parse_file("").expect("an empty file");
            file.items = items;
            let shown = prettyplease::unparse(&file);
            text += &format!("# {whole}::{name}\n{shown}\n");
        }
    }
    text
}

#[test]
fn the_public_api_changes_on_purpose_only() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST);
    let list = list();
    if std::env::var_os("UPDATE_PUBLIC_API").is_some() {
        fs::write(&file, &list).expect("the list is written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), list.lines().collect());
    let gone = old
        .iter()
        .filter(|line| !new.contains(line))
        .map(|line| format!("- {line}\n"));
    let come = new
        .iter()
        .filter(|line| !old.contains(line))
        .map(|line| format!("+ {line}\n"));
    assert!(
        list == expected,
        "the public API is another one:\n{}\nWhere that is on purpose, tell it in CHANGELOG.md, and run: UPDATE_PUBLIC_API=1 cargo test -p stagedoor --test public_api",
        gone.chain(come).collect::<String>()
    );
}
