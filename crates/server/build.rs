//! Makes the folders of the front end's builds, which the embedding needs even while they are empty.

fn main() -> std::io::Result<()> {
    for folder in ["../../web/widget/dist", "../../web/console/dist"] {
        std::fs::create_dir_all(folder)?;
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=../../web/demo");
    println!("cargo::rerun-if-changed=../../translations");
    Ok(())
}
