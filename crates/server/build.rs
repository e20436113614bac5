//! Makes what the embedding needs: the folders of the front end's builds, even while they are empty, and the
//! database of countries, which comes with the front end's packages.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const COUNTRIES: &str =
    "../../node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

fn main() -> io::Result<()> {
    for folder in ["../../web/widget/dist", "../../web/console/dist"] {
        fs::create_dir_all(folder)?;
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=../../web/demo");
    println!("cargo::rerun-if-changed=../../translations");
    embed_countries()
}

/// Without the package the server knows no countries, which it says when it starts.
fn embed_countries() -> io::Result<()> {
    println!("cargo::rerun-if-changed={COUNTRIES}");
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("countries.mmdb");
    if Path::new(COUNTRIES).exists() {
        return fs::copy(COUNTRIES, target).map(drop);
    }
    fs::write(target, [])
}
