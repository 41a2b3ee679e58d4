//! How does the linker treat symbols that only Python has?

fn main() {
    // macOS refuses them unless it is told; elsewhere this says nothing.
    pyo3_build_config::add_extension_module_link_args();
}
