//! The API described: `OpenAPI` 3.1, from the very types that it takes and gives.

use axum::http::StatusCode;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::api::Handler;
use super::problem::Details;

type Shape = fn(&mut SchemaGenerator) -> Schema;

/// One thing that can be asked.
pub(super) struct Operation {
    method: &'static str,
    /// Behind `/api/v1`.
    pub(super) path: &'static str,
    summary: &'static str,
    pub(super) handler: Handler,
    /// What stands behind the address's question mark.
    query: Option<Shape>,
    takes: Option<(&'static str, Shape)>,
    gives: Option<(&'static str, Shape)>,
    /// What it can be asked to give instead, for other programs' tables.
    gives_too: &'static [&'static str],
    status: StatusCode,
    writes: bool,
}

impl Operation {
    pub(super) fn new(
        method: &'static str,
        path: &'static str,
        summary: &'static str,
        handler: Handler,
    ) -> Self {
        Self {
            method,
            path,
            summary,
            handler,
            query: None,
            takes: None,
            gives: None,
            gives_too: &[],
            status: StatusCode::OK,
            writes: false,
        }
    }

    pub(super) fn asks<T: JsonSchema>(mut self) -> Self {
        self.query = Some(SchemaGenerator::root_schema_for::<T>);
        self
    }

    pub(super) fn takes<T: JsonSchema>(mut self) -> Self {
        self.takes = Some(("application/json", |generator| generator.subschema_for::<T>()));
        self
    }

    pub(super) fn takes_lines<T: JsonSchema>(mut self) -> Self {
        self.takes = Some(("application/x-ndjson", |generator| generator.subschema_for::<T>()));
        self
    }

    pub(super) fn gives<T: JsonSchema>(mut self) -> Self {
        self.gives = Some(("application/json", |generator| generator.subschema_for::<T>()));
        self
    }

    pub(super) fn gives_as<T: JsonSchema>(mut self, status: StatusCode) -> Self {
        self.status = status;
        self.gives::<T>()
    }

    pub(super) fn gives_lines<T: JsonSchema>(mut self) -> Self {
        self.gives = Some(("application/x-ndjson", |generator| generator.subschema_for::<T>()));
        self
    }

    pub(super) fn gives_too(mut self, media_types: &'static [&'static str]) -> Self {
        self.gives_too = media_types;
        self
    }

    pub(super) fn writes(mut self) -> Self {
        self.writes = true;
        self
    }

    fn described(&self, generator: &mut SchemaGenerator) -> Value {
        let mut operation = Map::new();
        let words = self.path.replace(['/', '{', '}'], " ");
        let id: Vec<&str> = std::iter::once(self.method).chain(words.split_whitespace()).collect();
        operation.insert("operationId".to_owned(), json!(id.join("_")));
        operation.insert("summary".to_owned(), json!(self.summary));
        let tag = self.path.trim_start_matches('/').split('/').next().unwrap_or_default();
        operation.insert("tags".to_owned(), json!([tag]));
        let mut parameters = Vec::new();
        for part in self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            parameters
                .push(json!({"name": part, "in": "path", "required": true, "schema": {"type": if part == "number" { "integer" } else { "string" }}}));
        }
        if let Some(query) = self.query {
            parameters.extend(query_parameters(&query(generator)));
        }
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), json!(parameters));
        }
        if let Some((media_type, shape)) = self.takes {
            let content = json!({media_type: {"schema": shape(generator)}});
            operation.insert("requestBody".to_owned(), json!({"required": true, "content": content}));
        }
        let mut responses = Map::new();
        if let Some((media_type, shape)) = self.gives {
            let mut content = json!({media_type: {"schema": shape(generator)}});
            for other in self.gives_too {
                content[*other] = json!({});
            }
            let told = json!({"description": "The answer", "content": content});
            responses.insert(self.status.as_str().to_owned(), told);
        }
        let problem = generator.subschema_for::<Details>();
        let content = json!({"application/problem+json": {"schema": problem}});
        for (status, when) in [
            ("4XX", "What was asked is wrong, isn't allowed, or isn't there (RFC 9457)"),
            ("500", "A fault of the server's, which its log tells of"),
            ("503", "Too much is asked for at once; Retry-After says when it may go better"),
        ] {
            responses.insert(status.to_owned(), json!({"description": when, "content": content}));
        }
        operation.insert("responses".to_owned(), Value::Object(responses));
        if self.writes {
            operation.insert(
                "description".to_owned(),
                json!("Needs a token that may write, where the server has tokens."),
            );
        }
        Value::Object(operation)
    }
}

/// The properties of an object as parameters of a query.
fn query_parameters(schema: &Schema) -> Vec<Value> {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return Vec::new() };
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let parameter = |(name, shape): (&String, &Value)| {
        let mut shape = shape.clone();
        let about = shape.as_object_mut().and_then(|shape| shape.remove("description"));
        // A query has no null: what isn't asked for is left out.
        if let Some(kinds) = shape.get_mut("anyOf").and_then(Value::as_array_mut) {
            kinds.retain(|kind| kind["type"] != "null");
            if let [one] = kinds.as_slice() {
                shape = one.clone();
            }
        }
        if let Some(kinds) = shape.get_mut("type").and_then(Value::as_array_mut) {
            kinds.retain(|kind| kind != "null");
        }
        json!({
            "name": name, "in": "query", "required": required.contains(&name.as_str()),
            "description": about.unwrap_or_default(), "schema": shape,
        })
    };
    properties.iter().map(parameter).collect()
}

/// The whole description.
pub(super) fn document(operations: &[Operation]) -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let described = operation.described(&mut generator);
        let path = paths.entry(format!("/api/v1{}", operation.path)).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(operation.method.to_owned(), described);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "sayso",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Reads news and answers: on whose say-so? Offsets count Unicode code points.",
        },
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    })
}
