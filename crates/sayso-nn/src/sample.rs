//! Which weights file is small enough for tests, and the same on every machine?

use std::collections::{BTreeMap, HashMap};

use safetensors::Dtype;
use safetensors::tensor::TensorView;
use sha2::{Digest, Sha256};

use crate::FORMAT_VERSION;

/// Two layers of two heads; as wide as a tile of the matrix unit.
pub(crate) const CONFIG: &str = r#"{"vocab_size": 11, "hidden_size": 64, "intermediate_size": 128,
    "num_hidden_layers": 2, "num_attention_heads": 2, "max_position_embeddings": 40, "layer_norm_eps": 1e-12}"#;
const LAYERS: usize = 2;
const VOCABULARY: usize = 11;
const WIDTH: usize = 64;
const INNER: usize = 128;
const POSITIONS: usize = 40;

/// The tensors of an encoder of [`CONFIG`], by name.
pub(crate) struct Sample {
    tensors: BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>,
    state: u64,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let mut sample = Self { tensors: BTreeMap::new(), state: 1 };
        sample.bytes("words", VOCABULARY, WIDTH);
        sample.bytes("positions", POSITIONS, WIDTH);
        sample.norm("norm");
        for i in 0..LAYERS {
            for (name, rows, columns) in [
                ("qkv", 3 * WIDTH, WIDTH),
                ("out", WIDTH, WIDTH),
                ("up", INNER, WIDTH),
                ("down", WIDTH, INNER),
            ] {
                let name = format!("layers.{i}.{name}");
                sample.bytes(&name, rows, columns);
                sample.floats(&format!("{name}.bias"), rows, -0.5, 1.0);
            }
            sample.norm(&format!("layers.{i}.norm1"));
            sample.norm(&format!("layers.{i}.norm2"));
        }
        sample
    }

    /// The upper half of the next number of a sequence (Knuth's MMIX), which looks random.
    fn next(&mut self) -> u32 {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 32) as u32
    }

    fn bytes(&mut self, name: &str, rows: usize, columns: usize) {
        let data = (0..rows * columns).map(|_| (self.next() >> 24) as u8).collect();
        self.tensors.insert(format!("{name}.weight"), (Dtype::I8, vec![rows, columns], data));
        self.floats(&format!("{name}.scale"), rows, 0.0, 1.0 / 256.0);
    }

    fn norm(&mut self, name: &str) {
        self.floats(&format!("{name}.weight"), WIDTH, 0.5, 1.0);
        self.floats(&format!("{name}.bias"), WIDTH, -0.5, 1.0);
    }

    /// Between `least` and `range` more.
    fn floats(&mut self, name: &str, n: usize, least: f32, range: f32) {
        let numbers: Vec<f32> =
            (0..n).map(|_| least + (self.next() >> 16) as f32 / 65_536.0 * range).collect();
        self.set(name, &numbers);
    }

    /// Puts numbers in a tensor's place.
    pub(crate) fn set(&mut self, name: &str, numbers: &[f32]) {
        let data = numbers.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.tensors.insert(name.to_owned(), (Dtype::F32, vec![numbers.len()], data));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.tensors.remove(name);
    }

    /// The file's bytes, with the checksum that belongs to them.
    pub(crate) fn file(&self, config: &str) -> Vec<u8> {
        let mut hasher = Sha256::new();
        hasher.update(config);
        self.tensors.values().for_each(|(.., data)| hasher.update(data));
        let sha256: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let header =
            serde_json::json!({ "format": FORMAT_VERSION, "sha256": sha256, "config": config, "task": "" });
        let views = self.tensors.iter().map(|(name, (dtype, shape, data))| {
            (name, TensorView::new(*dtype, shape.clone(), data).expect("a tensor"))
        });
        let metadata = HashMap::from([("sayso".to_owned(), header.to_string())]);
        safetensors::serialize(views, Some(metadata)).expect("a file")
    }
}
