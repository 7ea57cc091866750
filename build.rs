//! Tells cargo that the embedded templates are part of the program: without it a release build
//! does not notice a new file.

fn main() {
    println!("cargo:rerun-if-changed=templates");
}
