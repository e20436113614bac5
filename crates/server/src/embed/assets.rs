//! The built files of widget, console and demonstration site: embedded in release builds, read from disk in debug ones.

use super::Direction;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::sync::Mutex;

#[derive(RustEmbed)]
#[folder = "../../web/widget/dist"]
struct Widget;

#[derive(RustEmbed)]
#[folder = "../../web/console/dist"]
struct Console;

#[derive(RustEmbed)]
#[folder = "../../web/demo"]
struct Demo;

/// Which files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Folder {
    /// The widget: loader, window, languages.
    Widget,
    /// The console.
    Console,
    /// The demonstration site.
    Demo,
}

/// A file.
pub struct File {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Names these bytes.
    pub etag: String,
    /// Its media type.
    pub media_type: String,
}

/// What the widget's build wrote down.
#[derive(Deserialize)]
pub struct Manifest {
    /// The loader's file.
    pub loader: String,
    /// The window's file.
    pub window: String,
    /// The languages' files.
    pub languages: BTreeMap<String, Language>,
}

/// One built language.
#[derive(Deserialize)]
pub struct Language {
    /// Its file.
    pub file: String,
    /// Its direction.
    pub direction: Direction,
}

/// Gzipped bytes of a file, by folder and path.
type Gzipped = HashMap<(Folder, String), (String, bytes::Bytes)>;

/// The built files.
pub struct Assets {
    manifest: Manifest,
    gzipped: Mutex<Gzipped>,
}

impl Assets {
    /// Reads the manifest. Without a built widget the pages stay without one, which the log tells.
    #[must_use]
    pub fn load() -> Self {
        let manifest = Widget::get("manifest.json")
            .and_then(|file| serde_json::from_slice(&file.data).ok())
            .unwrap_or_else(|| {
                tracing::error!("the widget is not built: run bin/serve, which builds it");
                unbuilt()
            });
        Self { manifest, gzipped: Mutex::default() }
    }

    /// What the widget's build wrote down.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The built language that suits a tag best, English where none does.
    #[must_use]
    pub fn language(&self, tag: &str) -> (String, &Language) {
        let tag = tag.to_lowercase();
        let base = tag.split('-').next().unwrap_or_default();
        let languages = &self.manifest.languages;
        let found = languages.get_key_value(tag.as_str()).or_else(|| languages.get_key_value(base));
        let found = found.or_else(|| languages.get_key_value("en"));
        found.map_or_else(|| ("en".to_owned(), &NO_LANGUAGE), |(name, it)| (name.clone(), it))
    }

    /// A file.
    #[must_use]
    pub fn file(&self, folder: Folder, path: &str) -> Option<File> {
        let file = match folder {
            Folder::Widget => Widget::get(path),
            Folder::Console => Console::get(path),
            Folder::Demo => Demo::get(path),
        }?;
        let hash = file.metadata.sha256_hash();
        let etag: String = hash[..12].iter().map(|byte| format!("{byte:02x}")).collect();
        let media_type = mime_guess::from_path(path).first_or_octet_stream();
        let charset = if media_type.type_() == "text" { "; charset=utf-8" } else { "" };
        Some(File {
            bytes: file.data,
            etag: format!("\"{etag}\""),
            media_type: format!("{media_type}{charset}"),
        })
    }

    /// The gzipped bytes of a file: those that the build left beside it, or compressed when they are first asked for.
    pub fn gzipped(&self, folder: Folder, path: &str, file: &File) -> bytes::Bytes {
        let key = (folder, path.to_owned());
        let mut gzipped = self.gzipped.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match gzipped.get(&key) {
            Some((etag, bytes)) if *etag == file.etag => bytes.clone(),
            _ => {
                let built = self.file(folder, &format!("{path}.gz"));
                let bytes = built.map_or_else(|| gzip(&file.bytes), |it| it.bytes.into_owned());
                let bytes = bytes::Bytes::from(bytes);
                gzipped.insert(key, (file.etag.clone(), bytes.clone()));
                bytes
            }
        }
    }
}

static NO_LANGUAGE: Language = Language { file: String::new(), direction: Direction::Ltr };

const fn unbuilt() -> Manifest {
    Manifest { loader: String::new(), window: String::new(), languages: BTreeMap::new() }
}

/// `bytes`, gzipped.
#[must_use]
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
