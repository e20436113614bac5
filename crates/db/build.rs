//! Lists the migration files, so that a new one is embedded without being named anywhere.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    // Asked at run time: the folder may have moved since this script was compiled.
    let crate_folder = env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?;
    let root = Path::new(&crate_folder).join("../../migrations").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    for engine in ["sqlite", "postgres"] {
        let list = list_of_migrations(&root.join(engine))?;
        fs::write(Path::new(&out).join(format!("{engine}_migrations.rs")), list)?;
    }
    Ok(())
}

/// A Rust expression: the file names with their texts.
fn list_of_migrations(folder: &Path) -> io::Result<String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut list = String::from("&[\n");
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_stem().and_then(|it| it.to_str()) else {
            continue;
        };
        if path.extension().is_some_and(|it| it == "sql") {
            println!("cargo::rerun-if-changed={}", path.display());
            list += &format!("    ({name:?}, include_str!({path:?})),\n");
        }
    }
    Ok(list + "]\n")
}
