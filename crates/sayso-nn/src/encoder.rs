//! How do the weights turn word pieces into vectors?

use std::sync::Mutex;

use rayon::prelude::*;
use serde::Deserialize;

use crate::attention::{self, Attention, Head};
use crate::kernels::{self, Ready};
use crate::lines::Lines;
use crate::product::{Activations, MAX_COLUMNS, Matrix};
use crate::{Error, ModelFile, Tier, math};

/// The encoder's shape, under the names of BERT's own configuration.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Config {
    /// Word pieces in the vocabulary.
    pub vocab_size: usize,
    /// Numbers of one vector.
    pub hidden_size: usize,
    /// Numbers between the two products of a feed-forward block.
    pub intermediate_size: usize,
    /// Layers.
    pub num_hidden_layers: usize,
    /// Attention heads of a layer.
    pub num_attention_heads: usize,
    /// Longest row of word pieces.
    pub max_position_embeddings: usize,
    /// What keeps a layer norm from dividing by zero: finite, and more than zero.
    pub layer_norm_eps: f32,
}

/// A BERT-shaped encoder (Devlin et al. 2019) with weights of 8 bits.
#[derive(Debug)]
pub struct Encoder {
    config: Config,
    tier: Ready,
    words: Embedding,
    positions: Embedding,
    norm: Norm,
    layers: Vec<Layer>,
    /// Buffers of runs that are over, all but the heads'; new ones would cost as much as a layer.
    idle: Mutex<Vec<Work>>,
}

#[derive(Debug)]
struct Embedding {
    weight: Vec<i8>,
    scale: Vec<f32>,
}

#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    qkv: Matrix,
    out: Matrix,
    norm1: Norm,
    up: Matrix,
    down: Matrix,
    norm2: Norm,
}

impl Encoder {
    /// The vector that the first layer gets for a word piece, without its place; of an unknown piece that of the first.
    pub fn embedding(&self, id: u32) -> Vec<f32> {
        let mut row = vec![0.0; self.config.hidden_size];
        self.words.add_to(self.tier, id as usize, &mut row);
        row
    }

    /// Takes the encoder's weights out of a checked file.
    ///
    /// # Errors
    /// When a tensor is missing, of another type or shape, or not finite; when the shape is one
    /// that the kernels don't serve, or the processor lacks the tier.
    pub fn new(file: &ModelFile, tier: Tier) -> Result<Self, Error> {
        let c = file.config.clone();
        let (d, inner) = (c.hidden_size, c.intermediate_size);
        let fits = c.num_attention_heads > 0
            && [c.vocab_size, c.max_position_embeddings, d, inner].iter().all(|&n| n > 0)
            && d.is_multiple_of(c.num_attention_heads)
            && d.max(inner) <= MAX_COLUMNS
            && d.is_multiple_of(4)
            && inner.is_multiple_of(4)
            && d / c.num_attention_heads <= attention::MAX_DIM
            && c.max_position_embeddings <= attention::MAX_POSITIONS;
        if !fits {
            return Err(Error::Header(format!("an encoder of this shape is not served: {c:?}")));
        }
        if !(c.layer_norm_eps > 0.0 && c.layer_norm_eps.is_finite()) {
            let problem =
                format!("layer_norm_eps is {:?}, it should be finite and more than 0", c.layer_norm_eps);
            return Err(Error::Header(problem));
        }
        let tier = tier.ready().ok_or(Error::Tier(tier))?;
        let layer = |i: usize| -> Result<Layer, Error> {
            Ok(Layer {
                qkv: matrix(file, tier, &format!("layers.{i}.qkv"), 3 * d, d)?,
                out: matrix(file, tier, &format!("layers.{i}.out"), d, d)?,
                norm1: Norm::new(file, &format!("layers.{i}.norm1"), d)?,
                up: matrix(file, tier, &format!("layers.{i}.up"), inner, d)?,
                down: matrix(file, tier, &format!("layers.{i}.down"), d, inner)?,
                norm2: Norm::new(file, &format!("layers.{i}.norm2"), d)?,
            })
        };
        tracing::debug!(tier = tier.tier().name(), "encoder ready");
        Ok(Self {
            words: Embedding::new(file, "words", c.vocab_size, d)?,
            positions: Embedding::new(file, "positions", c.max_position_embeddings, d)?,
            norm: Norm::new(file, "norm", d)?,
            layers: (0..c.num_hidden_layers).map(layer).collect::<Result<_, _>>()?,
            config: c,
            tier,
            idle: Mutex::default(),
        })
    }

    /// The encoder's shape.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// One vector of `hidden_size` numbers for each word piece, row after row. A row
    /// longer than `max_position_embeddings` is cut there; an unknown piece counts as
    /// piece 0.
    pub fn encode(&self, ids: &[u32]) -> Vec<f32> {
        let (d, inner) = (self.config.hidden_size, self.config.intermediate_size);
        let n = ids.len().min(self.config.max_position_embeddings);
        let mut work = self.idle.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default();
        work.fit(n, d, d / self.config.num_attention_heads, inner);
        work.x.fill(0.0);
        for (i, (row, &id)) in work.x.chunks_exact_mut(d).zip(ids).enumerate() {
            self.words.add_to(self.tier, id as usize, row);
            self.positions.add_to(self.tier, i, row);
        }
        self.norm.run(self.tier, &mut work.x, self.config.layer_norm_eps);
        for layer in &self.layers {
            self.layer(layer, &mut work);
        }
        let x = work.x.to_vec();
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(work);
        }
        x
    }

    /// Encodes several rows on all threads; results in the order of the input.
    pub fn encode_all(&self, rows: &[Vec<u32>]) -> Vec<Vec<f32>> {
        rows.par_iter().map(|ids| self.encode(ids)).collect()
    }

    fn layer(&self, layer: &Layer, work: &mut Work) {
        let (tier, d) = (self.tier, self.config.hidden_size);
        let x = &mut work.x;
        let dim = d / self.config.num_attention_heads;
        let n = x.len() / d;
        layer.qkv.run(x, &mut work.activations, &mut work.qkv);
        for at in (0..d).step_by(dim) {
            work.attention.run(tier, &work.qkv, Head { width: d, at, dim, n }, &mut work.mixed);
        }
        layer.out.run(&work.mixed, &mut work.activations, &mut work.delta);
        kernels::add(tier, x, &work.delta);
        layer.norm1.run(tier, x, self.config.layer_norm_eps);
        layer.up.run(x, &mut work.activations, &mut work.inner);
        kernels::gelu(tier, &mut work.inner);
        layer.down.run(&work.inner, &mut work.activations, &mut work.delta);
        kernels::add(tier, x, &work.delta);
        layer.norm2.run(tier, x, self.config.layer_norm_eps);
    }
}

/// Buffers that the layers of one run share.
#[derive(Debug, Default)]
struct Work {
    activations: Activations,
    qkv: Lines<f32>,
    attention: Attention,
    mixed: Lines<f32>,
    inner: Lines<f32>,
    delta: Lines<f32>,
    /// The vectors, from layer to layer.
    x: Lines<f32>,
}

impl Work {
    /// For `n` positions; what a run before left in them is written over. Not so in the heads' buffers, whose numbers
    /// behind the last position must be zeros: they are small, and made anew.
    fn fit(&mut self, n: usize, d: usize, dim: usize, inner: usize) {
        self.qkv.resize(n * 3 * d, 0.0);
        self.attention = Attention::new(n, dim);
        self.mixed.resize(n * d, 0.0);
        self.inner.resize(n * inner, 0.0);
        self.delta.resize(n * d, 0.0);
        self.x.resize(n * d, 0.0);
    }
}

impl Embedding {
    fn new(file: &ModelFile, name: &str, rows: usize, d: usize) -> Result<Self, Error> {
        Ok(Self {
            weight: file.i8s(&format!("{name}.weight"), &[rows, d])?,
            scale: file.f32s(&format!("{name}.scale"), &[rows])?,
        })
    }

    fn add_to(&self, tier: Ready, row: usize, x: &mut [f32]) {
        let row = if row < self.scale.len() { row } else { 0 };
        let weights = &self.weight[row * x.len()..][..x.len()];
        kernels::add_scaled(tier, x, weights, self.scale[row]);
    }
}

impl Norm {
    fn new(file: &ModelFile, name: &str, d: usize) -> Result<Self, Error> {
        Ok(Self {
            gain: file.f32s(&format!("{name}.weight"), &[d])?,
            bias: file.f32s(&format!("{name}.bias"), &[d])?,
        })
    }

    fn run(&self, tier: Ready, x: &mut [f32], epsilon: f32) {
        kernels::layer_norm(tier, x, &self.gain, &self.bias, epsilon);
    }
}

fn matrix(file: &ModelFile, tier: Ready, name: &str, rows: usize, columns: usize) -> Result<Matrix, Error> {
    let weight = file.i8s(&format!("{name}.weight"), &[rows, columns])?;
    let scales = file.f32s(&format!("{name}.scale"), &[rows])?;
    Ok(Matrix::new(tier, &weight, scales, file.f32s(&format!("{name}.bias"), &[rows])?, columns))
}

/// A small `f32` layer on top of the encoder, for what the layer above decides with it.
#[derive(Debug)]
pub struct Dense {
    weight: Vec<f32>,
    bias: Vec<f32>,
    columns: usize,
}

impl Dense {
    /// Takes `name.weight` (rows, columns) and `name.bias` (rows) out of the file.
    ///
    /// # Errors
    /// When they are missing, of another shape, or not finite.
    pub fn new(file: &ModelFile, name: &str, rows: usize, columns: usize) -> Result<Self, Error> {
        Ok(Self {
            weight: file.f32s(&format!("{name}.weight"), &[rows, columns])?,
            bias: file.f32s(&format!("{name}.bias"), &[rows])?,
            columns,
        })
    }

    /// One number for each row of the layer.
    ///
    /// # Panics
    /// When `x` has not as many numbers as the layer has columns.
    pub fn run(&self, x: &[f32]) -> Vec<f32> {
        let rows = self.weight.chunks_exact(self.columns).zip(&self.bias);
        rows.map(|(row, bias)| math::dot(row, x) + bias).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{CONFIG, Sample};

    fn file(config: &str) -> ModelFile {
        ModelFile::new(Sample::new().file(config)).expect("whole")
    }

    /// FNV-1a (Fowler, Noll and Vo), 64 bits, of the numbers' bytes.
    fn fingerprint(x: &[f32]) -> u64 {
        let bytes = x.iter().flat_map(|x| x.to_le_bytes());
        bytes
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    /// The constant was computed once and holds on every tier and machine; another one means another encoder, whose
    /// records are other records.
    #[test]
    fn a_small_encoder_gives_the_known_bits() {
        let ids: Vec<u32> = (0..37).map(|i| i * i % 12).collect();
        for tier in Tier::available() {
            let encoder = Encoder::new(&file(CONFIG), tier).expect("an encoder");
            let x = encoder.encode(&ids);
            assert!(x.iter().all(|x| x.is_finite()));
            assert_eq!(
                (x.len(), format!("{:016x}", fingerprint(&x)).as_str()),
                (37 * 64, "11c1abe0560f1eab"),
                "{tier:?}"
            );
            assert_eq!(encoder.encode(&ids), x, "{tier:?}: the buffers of the run before");
        }
    }

    #[test]
    fn a_layer_norm_that_could_divide_by_zero_is_refused() {
        for epsilon in ["0", "-1e-12"] {
            let config = CONFIG.replace("1e-12", epsilon);
            let said = Encoder::new(&file(&config), Tier::Portable).expect_err(epsilon).to_string();
            assert!(said.contains("layer_norm_eps is") && said.contains("more than 0"), "{said}");
        }
    }

    #[test]
    fn a_tier_of_another_processor_is_refused() {
        let foreign = if cfg!(target_arch = "x86_64") { Tier::Neon } else { Tier::Avx2 };
        let error = Encoder::new(&file(CONFIG), foreign).expect_err("no such instructions");
        assert_eq!(error.kind(), crate::ErrorKind::Processor);
        let (said, name) = (error.to_string(), foreign.name());
        assert!(
            said.starts_with(&format!("this processor can't run the tier {name}, only portable")),
            "{said}"
        );
    }

    #[test]
    fn weights_that_are_not_whole_are_refused() {
        let mut sample = Sample::new();
        sample.set("layers.1.norm1.bias", &[f32::NAN; 64]);
        let broken = ModelFile::new(sample.file(CONFIG)).expect("whole");
        assert!(matches!(Encoder::new(&broken, Tier::Portable), Err(Error::Tensor { .. })));
        sample.remove("layers.1.norm1.bias");
        let broken = ModelFile::new(sample.file(CONFIG)).expect("whole");
        assert!(matches!(Encoder::new(&broken, Tier::Portable), Err(Error::Tensor { .. })));
    }
}
