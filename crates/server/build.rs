//! Makes what the embedding needs: the folders of the front end's builds, even while they are empty, the database of
//! countries, which comes with the front end's packages, and the reader of the API's document.

use flate2::{Compression, write::GzEncoder};
use std::env;
use std::fs::{self, File};
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;
use zip::ZipArchive;

const READER: [&str; 2] = ["/dist/swagger-ui.css", "/dist/swagger-ui-bundle.js"];
const COUNTRIES: &str =
    "../../node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

fn main() -> io::Result<()> {
    for folder in ["../../web/widget/dist", "../../web/console/dist"] {
        fs::create_dir_all(folder)?;
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=../../web/demo");
    println!("cargo::rerun-if-changed=../../translations");
    embed_countries()?;
    embed_reader()
}

/// Without the package the server knows no countries, which it says when it starts.
fn embed_countries() -> io::Result<()> {
    println!("cargo::rerun-if-changed={COUNTRIES}");
    let target = out_folder().join("countries.mmdb");
    if Path::new(COUNTRIES).exists() {
        return fs::copy(COUNTRIES, target).map(drop);
    }
    fs::write(target, [])
}

/// Of Swagger UI, the files that a page needs.
fn embed_reader() -> io::Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED))?;
    for number in 0..archive.len() {
        let mut file = archive.by_index(number)?;
        let path = file.name()?.into_owned();
        let Some(name) = READER.into_iter().find(|name| path.ends_with(name)) else {
            continue;
        };
        let target = out_folder().join(Path::new(name).file_name().unwrap_or_default());
        let target = File::create(target.with_added_extension("gz"))?;
        let mut gzipped = GzEncoder::new(target, Compression::best());
        io::copy(&mut file, &mut gzipped)?;
        gzipped.finish()?;
    }
    Ok(())
}

fn out_folder() -> PathBuf {
    PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default())
}
