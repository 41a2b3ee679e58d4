//! Does the API answer as it is described, whatever it is asked? `cargo xtask deep` runs it.

use std::path::PathBuf;
use std::process::Command;

use super::server::Server;

/// What an answer must be: no fault of the server's, and of a status, kind, shape and headers that are described.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,\
response_headers_conformance,unsupported_method,allow_header_conformance";
/// Questions for each operation.
const QUESTIONS: &str = "300";

#[ignore = "takes minutes and schemathesis: run by cargo xtask deep"]
#[test]
fn schemathesis_finds_no_fault() {
    let program = std::env::var_os("SAYSO_SCHEMATHESIS").map(PathBuf::from).expect("SAYSO_SCHEMATHESIS");
    let server = Server::with_examples(&[]);
    // It writes beside its settings.
    let folder = tempfile::tempdir().expect("a folder");
    for (name, settings) in [
        ("schemathesis.toml", include_str!("described/schemathesis.toml")),
        ("hooks.py", include_str!("described/hooks.py")),
    ] {
        std::fs::write(folder.path().join(name), settings).expect("a file");
    }
    let done = Command::new(program)
        .current_dir(folder.path())
        .args(["--no-color", "run", &server.at("/api/v1/openapi.json")])
        .args(["--checks", CHECKS, "--max-examples", QUESTIONS, "--seed", "1", "--continue-on-failure"])
        .args(["--phases", "coverage,fuzzing", "--suppress-health-check", "all"])
        .status();
    assert!(done.expect("schemathesis").success());
    assert_eq!(server.get("/healthz").status, 200, "it still answers");
}
