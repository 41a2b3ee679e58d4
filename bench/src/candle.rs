//! Candle's BERT with our weights, in `f32`.

use std::collections::HashMap;

use anyhow::Result;
use candle_core::{DType, Device, IndexOp, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config, HiddenAct};
use safetensors::SafeTensors;
use sayso_nn::ModelFile;

use crate::Rows;

/// Candle's encoding of some windows, as one batch.
pub fn rows(model: &BertModel, windows: &[Vec<u32>]) -> Result<Rows> {
    let longest = windows.iter().map(Vec::len).max().unwrap_or(0);
    let padded = |f: &dyn Fn(&Vec<u32>, usize) -> u32| {
        let numbers: Vec<u32> = windows.iter().flat_map(|w| (0..longest).map(move |i| f(w, i))).collect();
        Tensor::from_vec(numbers, (windows.len(), longest), &Device::Cpu)
    };
    let ids = padded(&|window, i| window.get(i).copied().unwrap_or(0))?;
    let mask = padded(&|window, i| u32::from(i < window.len()))?;
    let rows = model.forward(&ids, &ids.zeros_like()?, Some(&mask))?;
    let one = |(i, ids): (usize, &Vec<u32>)| Ok(rows.i((i, ..ids.len()))?.flatten_all()?.to_vec1()?);
    windows.iter().enumerate().map(one).collect()
}

/// Candle's model of the same function: our weights times their scales, in `f32`.
pub fn model(bytes: &[u8], file: &ModelFile) -> Result<BertModel> {
    let c = &file.config;
    let tensors = SafeTensors::deserialize(bytes)?;
    let floats = |name: &str| -> Result<Vec<f32>> {
        let (words, _) = tensors.tensor(name)?.data().as_chunks::<4>();
        Ok(words.iter().map(|&word| f32::from_le_bytes(word)).collect())
    };
    let matrix = |name: &str| -> Result<Tensor> {
        let scales = floats(&format!("{name}.scale"))?;
        let view = tensors.tensor(&format!("{name}.weight"))?;
        let rows = view.data().chunks_exact(view.shape()[1]).zip(&scales);
        let numbers = rows.flat_map(|(row, scale)| row.iter().map(move |&w| f32::from(w as i8) * scale));
        Ok(Tensor::from_vec(numbers.collect(), view.shape(), &Device::Cpu)?)
    };
    let vector = |name: &str| -> Result<Tensor> { Ok(Tensor::new(floats(name)?, &Device::Cpu)?) };
    let mut of: HashMap<String, Tensor> = HashMap::new();
    of.insert("embeddings.word_embeddings.weight".into(), matrix("words")?);
    of.insert("embeddings.position_embeddings.weight".into(), matrix("positions")?);
    // Ours are folded into the positions.
    let none = Tensor::zeros((1, c.hidden_size), DType::F32, &Device::Cpu)?;
    of.insert("embeddings.token_type_embeddings.weight".into(), none);
    let mut norms = vec![("embeddings".to_owned(), "norm".to_owned())];
    for i in 0..c.num_hidden_layers {
        let (to, from) = (format!("encoder.layer.{i}"), format!("layers.{i}"));
        let (weight, bias) = (matrix(&format!("{from}.qkv"))?, vector(&format!("{from}.qkv.bias"))?);
        for (k, part) in ["query", "key", "value"].into_iter().enumerate() {
            let slice = |t: &Tensor| t.narrow(0, k * c.hidden_size, c.hidden_size)?.contiguous();
            of.insert(format!("{to}.attention.self.{part}.weight"), slice(&weight)?);
            of.insert(format!("{to}.attention.self.{part}.bias"), slice(&bias)?);
        }
        for (part, ours) in [("attention.output", "out"), ("intermediate", "up"), ("output", "down")] {
            of.insert(format!("{to}.{part}.dense.weight"), matrix(&format!("{from}.{ours}"))?);
            of.insert(format!("{to}.{part}.dense.bias"), vector(&format!("{from}.{ours}.bias"))?);
        }
        norms.push((format!("{to}.attention.output"), format!("{from}.norm1")));
        norms.push((format!("{to}.output"), format!("{from}.norm2")));
    }
    for (to, from) in norms {
        for part in ["weight", "bias"] {
            of.insert(format!("{to}.LayerNorm.{part}"), vector(&format!("{from}.{part}"))?);
        }
    }
    let config = Config {
        vocab_size: c.vocab_size,
        hidden_size: c.hidden_size,
        num_hidden_layers: c.num_hidden_layers,
        num_attention_heads: c.num_attention_heads,
        intermediate_size: c.intermediate_size,
        hidden_act: HiddenAct::GeluApproximate,
        max_position_embeddings: c.max_position_embeddings,
        type_vocab_size: 1,
        layer_norm_eps: f64::from(c.layer_norm_eps),
        ..Config::default()
    };
    Ok(BertModel::load(VarBuilder::from_tensors(of, DType::F32, &Device::Cpu), &config)?)
}
