//! Do other programs get the archive as they read it, and is nothing else lost for it?

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use super::{examples, folder, run};

/// A text with everything that shifts offsets: characters beyond the first plane, every line end, a tab.
const ODD: &str = "Kestria rejects the ceasefire 🌊\r\n\r\nKestria rejected the ceasefire 🌊 on\tMonday. “We 🌊 will not sign,” said \
                   Davan Orlec, Kestria’s foreign\r\nminister, “and nobody will.”\r\rThe talks lasted five hours, officials said.\r\n";

/// An archive of the examples and of the odd text.
fn archived() -> TempDir {
    // In JSON the text comes as it is; of a file ingest may mend the line ends.
    let odd = serde_json::json!({"text": ODD, "title": "Odd"}).to_string();
    let folder = folder(&[("odd.json", odd.as_bytes())]);
    let mut pages: Vec<String> = fs::read_dir(examples())
        .expect("examples")
        .map(|entry| entry.expect("a file").path().to_str().expect("a path").to_owned())
        .filter(|path| path.ends_with(".html"))
        .collect();
    pages.sort();
    pages.push("odd.json".to_owned());
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let told = run(folder.path(), &[&["add", "--archive", "a.sqlite"][..], &pages].concat());
    assert!(told.starts_with("exit status: 0") && told.contains("9 new"), "{told}");
    folder
}

fn exported(folder: &Path, output: &str) -> String {
    run(folder, &["export", "--archive", "a.sqlite", "-o", output])
}

/// The files of a folder by name, hidden ones too.
fn files(folder: &Path) -> HashMap<String, String> {
    let read = |path: &Path| fs::read_to_string(path).expect("text");
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    entries
        .map(|path| (path.file_name().expect("a name").to_str().expect("UTF-8").to_owned(), read(&path)))
        .collect()
}

fn cut(text: &[char], start: usize, end: usize) -> String {
    text[start..end].iter().collect()
}

/// Reads annotations by brat's own rules: a number once, words as in the text, no line break in them.
fn read_as_brat(text: &str, annotations: &str) -> (usize, usize) {
    let text: Vec<char> = text.chars().collect();
    let mut ids = HashSet::new();
    let (mut n_events, mut n_pieces) = (0, 0);
    for line in annotations.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        assert!(ids.insert(cells[0].to_owned()), "{line}");
        match cells[0].as_bytes()[0] {
            b'T' => {
                let (_, places) = cells[1].split_once(' ').expect("a type");
                let mut words = Vec::new();
                let mut last = 0;
                for place in places.split(';') {
                    let (start, end) = place.split_once(' ').expect("two places");
                    let (start, end): (usize, usize) =
                        (start.parse().expect("a number"), end.parse().expect("a number"));
                    assert!(last <= start && start < end, "{line}");
                    words.push(cut(&text, start, end));
                    last = end;
                    n_pieces += 1;
                }
                assert_eq!(words.join(" "), cells[2]);
                assert!(cells.len() == 3 && !words.concat().contains(['\n', '\r']), "{line}");
            }
            b'E' => {
                n_events += 1;
                assert!(cells[1].starts_with("Attribution:T") && cells[1].contains(" Content:T"), "{line}");
            }
            b'A' | b'#' => assert!(ids.contains(cells[1].split(' ').nth(1).expect("a target")), "{line}"),
            _ => panic!("{line}"),
        }
    }
    (n_events, n_pieces)
}

#[test]
fn brat_finds_every_annotation_in_its_text() {
    let folder = archived();
    assert!(exported(folder.path(), "said.brat").contains("9 articles written"));
    let all = files(&folder.path().join("said.brat"));
    let conf = &all["annotation.conf"];
    assert!(conf.contains("[events]\nAttribution ") && all["visual.conf"].contains("[drawing]"));
    let mut n_events = 0;
    for (name, text) in all.iter().filter(|(name, _)| name.ends_with(".txt")) {
        let annotations = &all[&name.replace(".txt", ".ann")];
        n_events += read_as_brat(text, annotations).0;
        for line in annotations.lines().filter(|line| line.starts_with('A')) {
            let attribute = line.split(['\t', ' ']).nth(1).expect("a name");
            assert!(conf.contains(&format!("\n{attribute} Arg:Attribution")), "{line}");
        }
    }
    let rows = run(folder.path(), &["export", "--archive", "a.sqlite"]);
    assert_eq!(n_events, rows.matches("{\"article\":").count());
    // The odd one has no other break than a line feed, and every character in its place.
    let (name, text) =
        all.iter().find(|(name, text)| name.ends_with(".txt") && text.contains("🌊")).expect("the odd text");
    assert!(!text.contains(['\r', '\t']) && text.chars().count() == ODD.chars().count());
    let annotations = all.get(&name.replace(".txt", ".ann")).expect("its annotations");
    assert!(annotations.contains("\tAnnotatorNotes T") && annotations.contains(";"), "{annotations}");
    let ann = run(folder.path(), &["read", "odd.json", "--format", "brat"]);
    let ann = ann.split("----- stdout -----\n").nth(1).and_then(|rest| rest.split("----- stderr").next());
    assert_eq!(ann, Some(annotations.as_str()));
    assert!(run(folder.path(), &["read", "odd.json", "odd.json", "-f", "brat"]).contains("give one article"));
}

#[test]
fn citron_finds_every_quote_in_its_text() {
    let folder = archived();
    assert!(exported(folder.path(), "said.citron").contains("9 articles written"));
    let all = files(&folder.path().join("said.citron"));
    let mut n_quotes = 0;
    for line in all.iter().filter(|(name, _)| name.ends_with(".json")).map(|(_, line)| line) {
        let object: Value = serde_json::from_str(line).expect("JSON");
        let text: Vec<char> = object["text"].as_str().expect("a text").chars().collect();
        let check = |span: &Value| {
            let at = |name: &str| usize::try_from(span[name].as_u64().expect("a number")).expect("a place");
            assert_eq!(cut(&text, at("start"), at("end")), span["text"].as_str().expect("words"));
        };
        for quote in object["quotes"].as_array().expect("quotes") {
            n_quotes += 1;
            check(&quote["cue"]);
            for name in ["sources", "contents", "coreferences"] {
                quote[name].as_array().expect("spans").iter().for_each(check);
            }
            assert!(quote["sources"].as_array().is_some_and(|all| all.len() == 1));
            assert!(quote["contents"].as_array().is_some_and(|all| !all.is_empty()));
            assert_eq!(quote["confidence"].as_str().map(str::len), Some(6));
        }
        for group in object["coreference_groups"].as_array().expect("groups") {
            group.as_array().expect("mentions").iter().for_each(check);
        }
    }
    assert!(n_quotes > 150, "{n_quotes}");
    let line = run(folder.path(), &["read", "odd.json", "--format", "citron"]);
    assert!(all.values().any(|one| line.contains(one.as_str())), "both come from one place");
    // It isn't taken for an article.
    let again = run(folder.path(), &["read", "said.citron"]);
    assert!(again.matches("passed over, since sayso wrote it itself").count() == 9, "{again}");
}

/// Tables of DNA 3.0.11.7 with their columns, in order.
const TABLES: [(&str, &str); 16] = [
    ("ATTRIBUTEVALUES", "ID EntityId AttributeVariableId AttributeValue"),
    ("ATTRIBUTEVARIABLES", "ID VariableId AttributeVariable"),
    ("CODERRELATIONS", "ID Coder OtherCoder viewStatements editStatements viewDocuments editDocuments"),
    (
        "CODERS",
        "ID Name Red Green Blue Refresh FontSize Password PopupWidth ColorByCoder PopupDecoration PopupAutoComplete \
         PermissionAddDocuments PermissionEditDocuments PermissionDeleteDocuments PermissionImportDocuments \
         PermissionAddStatements PermissionEditStatements PermissionDeleteStatements PermissionEditAttributes \
         PermissionEditRegex PermissionEditStatementTypes PermissionEditCoders PermissionEditCoderRelations \
         PermissionViewOthersDocuments PermissionEditOthersDocuments PermissionViewOthersStatements \
         PermissionEditOthersStatements",
    ),
    ("DATABOOLEAN", "ID StatementId VariableId Value"),
    ("DATAINTEGER", "ID StatementId VariableId Value"),
    ("DATALONGTEXT", "ID StatementId VariableId Value"),
    ("DATASHORTTEXT", "ID StatementId VariableId Entity"),
    ("DOCUMENTS", "ID Title Text Coder Author Source Section Notes Type Date"),
    ("ENTITIES", "ID VariableId Value Red Green Blue ChildOf"),
    ("REGEXES", "Label Red Green Blue"),
    ("SETTINGS", "Property Value"),
    ("STATEMENTS", "ID StatementTypeId DocumentId Start Stop Coder"),
    ("STATEMENTTYPES", "ID Label Red Green Blue"),
    ("VARIABLELINKS", "ID SourceVariableId TargetVariableId"),
    ("VARIABLES", "ID Variable DataType StatementTypeId"),
];

fn all(db: &Connection, sql: &str) -> Vec<String> {
    let mut found = db.prepare(sql).expect("SQL");
    let n = found.column_count();
    let row = |row: &rusqlite::Row<'_>| {
        let cell = |i| {
            row.get::<_, rusqlite::types::Value>(i).map(|value| match value {
                rusqlite::types::Value::Integer(n) => n.to_string(),
                rusqlite::types::Value::Text(words) => words,
                _ => String::new(),
            })
        };
        Ok((0..n).map(cell).collect::<Result<Vec<_>, _>>()?.join("|"))
    };
    found.query_map([], row).expect("rows").map(|row| row.expect("a row")).collect()
}

#[test]
fn dna_finds_its_tables_and_every_statement_in_its_text() {
    let folder = archived();
    let told = exported(folder.path(), "said.dna");
    assert!(told.contains("9 documents") && told.contains("as Admin with the password sayso"), "{told}");
    let db = Connection::open(folder.path().join("said.dna")).expect("a database");
    assert!(all(&db, "PRAGMA foreign_key_check").is_empty());
    assert_eq!(all(&db, "PRAGMA integrity_check"), ["ok"]);
    let tables = all(&db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    assert_eq!(tables, TABLES.map(|(name, _)| name));
    for (table, columns) in TABLES {
        let sql = format!("SELECT name FROM pragma_table_info('{table}')");
        assert_eq!(all(&db, &sql).join(" "), columns);
    }
    let keys = "SELECT m.name || '.' || f.\"from\" || '>' || f.\"table\" FROM sqlite_schema m,
        pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.on_delete = 'CASCADE'";
    assert_eq!(all(&db, keys).len(), 23);
    assert_eq!(all(&db, "SELECT Value FROM SETTINGS WHERE Property = 'version'"), ["3.0.11.7"]);
    // Every statement has all its values, and none another's.
    let lacking = "SELECT s.ID, v.ID FROM STATEMENTS s JOIN VARIABLES v ON v.StatementTypeId = s.StatementTypeId
        WHERE (SELECT count(*) FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity AND e.VariableId = d.VariableId
               WHERE d.StatementId = s.ID AND d.VariableId = v.ID)
            + (SELECT count(*) FROM DATABOOLEAN d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)
            + (SELECT count(*) FROM DATALONGTEXT d WHERE d.StatementId = s.ID AND d.VariableId = v.ID) <> 1";
    assert_eq!(all(&db, lacking), [""; 0]);
    let coded = "SELECT o.Value, c.Value, b.Value FROM DATABOOLEAN b
        JOIN DATASHORTTEXT x ON x.StatementId = b.StatementId AND x.VariableId = 2 JOIN ENTITIES o ON o.ID = x.Entity
        JOIN DATASHORTTEXT y ON y.StatementId = b.StatementId AND y.VariableId = 3 JOIN ENTITIES c ON c.ID = y.Entity";
    assert!(all(&db, coded).contains(&"Kestria|ceasefire|0".to_owned()), "{:?}", all(&db, coded));
    // In units of UTF-16, the places cut out what the archive's rows say.
    let text = all(&db, "SELECT Text FROM DOCUMENTS ORDER BY ID DESC LIMIT 1").remove(0);
    assert!(!text.contains('\r') && text.contains("🌊"), "{text}");
    let units: Vec<u16> = text.encode_utf16().collect();
    let places = "SELECT Start, Stop FROM STATEMENTS WHERE DocumentId = (SELECT max(ID) FROM DOCUMENTS) ORDER BY Start";
    let said: Vec<String> = all(&db, places)
        .iter()
        .map(|place| {
            let (start, stop) = place.split_once('|').expect("two places");
            let at = |n: &str| n.parse::<usize>().expect("a number");
            String::from_utf16(&units[at(start)..at(stop)]).expect("whole characters")
        })
        .collect();
    assert!(
        said.iter().any(|words| words.starts_with("“We 🌊 will") && words.ends_with("nobody will.”")),
        "{said:?}"
    );
    assert!(said.iter().any(|words| words == "The talks lasted five hours, officials said"), "{said:?}");
}

#[test]
fn the_same_archive_gives_the_same_bytes_and_only_these_are_replaced() {
    let folder = archived();
    let bytes = |name: &str| {
        let path = folder.path().join(name);
        if path.is_dir() {
            let mut all: Vec<_> = files(&path).into_iter().collect();
            all.sort();
            format!("{all:?}").into_bytes()
        } else {
            fs::read(path).expect("a file")
        }
    };
    for name in ["a.dna", "a.brat", "a.citron", "a.csv", "a.jsonl", "a.parquet"] {
        exported(folder.path(), name);
        let once = bytes(name);
        let again = exported(folder.path(), name);
        assert!(again.starts_with("exit status: 0") && bytes(name) == once, "{again}");
    }
    let csv = fs::read_to_string(folder.path().join("a.csv")).expect("text");
    let header = csv.lines().next().expect("a line");
    assert!(header.ends_with(",program,model,plover"), "{header}");
    assert!(csv.lines().any(|line| line.ends_with(",ACCUSE")) && csv.lines().any(|line| line.ends_with(',')));
    // What people made of it stays.
    fs::write(folder.path().join("a.brat/notes.ann"), "T1").expect("a file");
    let db = Connection::open(folder.path().join("a.dna")).expect("a database");
    db.execute("UPDATE ENTITIES SET Red = 9", []).expect("a change");
    db.close().expect("written");
    for name in ["a.dna", "a.brat", "a.sqlite", "odd.json"] {
        let before = bytes(name);
        let format =
            name.rsplit('.').next().filter(|ending| ["dna", "brat"].contains(ending)).unwrap_or("csv");
        let args = ["export", "--archive", "a.sqlite", "--format", format, "-o", name];
        let told = run(folder.path(), &args);
        assert!(
            told.starts_with("exit status: 2") && told.contains("or was changed since")
                || told.contains("changed since"),
            "{told}"
        );
        assert_eq!(told.matches("sayso: ").count(), 1, "{told}");
        assert!(bytes(name) == before, "{name}");
    }
    for (output, words) in
        [("x.pdf", "use .csv, .jsonl, .parquet or .dna"), ("no/x.csv", "there is no folder")]
    {
        let told = exported(folder.path(), output);
        assert!(told.starts_with("exit status: 2") && told.contains(words), "{told}");
    }
    assert!(files_left(folder.path()).is_empty(), "{:?}", files_left(folder.path()));
}

/// Temporary files that nobody took away.
fn files_left(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").file_name());
    names.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.starts_with('.')).collect()
}
