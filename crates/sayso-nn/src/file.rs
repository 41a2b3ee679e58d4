//! What is in a weights file, and is it whole?

use std::borrow::Cow;
use std::collections::BTreeMap;

use safetensors::tensor::TensorInfo;
use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{Config, Error};

/// The version of the format that this crate reads.
pub const FORMAT_VERSION: u32 = 2;

/// A checked weights file: a safetensors container whose `sayso` metadata is a JSON
/// object with `format`, `sha256`, `config` (the encoder's shape) and `task`
/// (whatever the layer above needs: labels, vocabularies).
///
/// `sha256` is of the `config` and `task` strings followed by the bytes of all
/// tensors in the order of their names.
#[derive(Debug)]
pub struct ModelFile {
    bytes: Cow<'static, [u8]>,
    /// By name; parsed once, since the header also holds the tokenizer.
    tensors: BTreeMap<String, TensorInfo>,
    /// Where the tensors' bytes begin.
    start: usize,
    /// The encoder's shape.
    pub config: Config,
    /// What the layer above stored, as JSON.
    pub task: String,
    /// Lower-case hex; it names the model in records.
    pub sha256: String,
}

#[derive(Deserialize)]
struct Header {
    format: u32,
    sha256: String,
    config: String,
    task: String,
}

impl ModelFile {
    /// Reads and checks a file's bytes; static bytes are not copied.
    ///
    /// # Errors
    /// When the container, version, checksum or header is wrong.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        let bytes = bytes.into();
        let (header_len, metadata) = SafeTensors::read_metadata(&bytes)?;
        let json = metadata.metadata().as_ref().and_then(|map| map.get("sayso"));
        let json = json.ok_or_else(|| Error::Header("it is missing".to_owned()))?;
        let bad = |error: serde_json::Error| Error::Header(error.to_string());
        let header: Header = serde_json::from_str(json).map_err(bad)?;
        if header.format != FORMAT_VERSION {
            return Err(Error::Version { found: header.format, expected: FORMAT_VERSION });
        }
        let start = LENGTH_PREFIX + header_len;
        let tensors: BTreeMap<String, TensorInfo> =
            metadata.tensors().into_iter().map(|(name, info)| (name, info.clone())).collect();
        let mut hasher = Sha256::new();
        hasher.update(&header.config);
        hasher.update(&header.task);
        for info in tensors.values() {
            hasher.update(data(&bytes, start, info));
        }
        let found: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        if found != header.sha256 {
            return Err(Error::Checksum { found, expected: header.sha256 });
        }
        let config = serde_json::from_str(&header.config).map_err(bad)?;
        Ok(Self { bytes, tensors, start, config, task: header.task, sha256: found })
    }

    fn tensor(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&[u8], Error> {
        let wrong = |problem: String| Error::Tensor { name: name.to_owned(), problem };
        let info = self.tensors.get(name).ok_or_else(|| wrong("it is missing".to_owned()))?;
        if info.dtype != dtype || info.shape != shape {
            let found = format!("{:?} {:?}", info.dtype, info.shape);
            return Err(wrong(format!("{found}, it should be {dtype:?} {shape:?}")));
        }
        Ok(data(&self.bytes, self.start, info))
    }

    /// A tensor of `n` numbers, for what isn't a layer.
    ///
    /// # Errors
    /// When it is missing, of another length, or not finite.
    pub fn numbers(&self, name: &str, n: usize) -> Result<Vec<f32>, Error> {
        self.f32s(name, &[n])
    }

    /// Numbers of 32 bits, little endian. One that isn't finite would spread over all vectors, as a NaN whose bits
    /// nobody promises.
    pub(crate) fn f32s(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let bytes = self.tensor(name, Dtype::F32, shape)?;
        let (words, _) = bytes.as_chunks::<4>();
        let numbers: Vec<f32> = words.iter().map(|&word| f32::from_le_bytes(word)).collect();
        match numbers.iter().position(|x| !x.is_finite()) {
            None => Ok(numbers),
            Some(i) => {
                let problem = format!("number {i} is {}, it should be finite", numbers[i]);
                Err(Error::Tensor { name: name.to_owned(), problem })
            }
        }
    }

    /// Numbers of 8 bits.
    pub(crate) fn i8s(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, Error> {
        let bytes = self.tensor(name, Dtype::I8, shape)?;
        Ok(bytes.iter().map(|&byte| i8::from_le_bytes([byte])).collect())
    }
}

/// Bytes of the container's own length field, before its header.
const LENGTH_PREFIX: usize = 8;

/// A tensor's bytes; the container has checked that they are inside the file.
fn data<'a>(bytes: &'a [u8], start: usize, info: &TensorInfo) -> &'a [u8] {
    let (from, to) = info.data_offsets;
    bytes.get(start + from..start + to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{CONFIG, Sample};

    #[test]
    fn numbers_that_are_not_finite_are_refused() {
        for (x, said) in [(f32::NAN, "NaN"), (f32::INFINITY, "inf"), (f32::NEG_INFINITY, "-inf")] {
            let mut sample = Sample::new();
            sample.set("loose", &[1.0, x, f32::MAX]);
            let error = ModelFile::new(sample.file(CONFIG)).expect("whole").numbers("loose", 3);
            let error = error.expect_err("not finite");
            assert_eq!(error.kind(), crate::ErrorKind::Damaged);
            let expected = format!("tensor `loose`: number 1 is {said}, it should be finite");
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn a_missing_tensor_and_one_of_another_length_are_refused() {
        let mut sample = Sample::new();
        sample.set("loose", &[1.0, 2.0]);
        let file = ModelFile::new(sample.file(CONFIG)).expect("whole");
        assert_eq!(file.numbers("loose", 2).expect("two"), [1.0, 2.0]);
        let said = |name, n| file.numbers(name, n).expect_err("refused").to_string();
        assert_eq!(said("lost", 2), "tensor `lost`: it is missing");
        assert_eq!(said("loose", 3), "tensor `loose`: F32 [2], it should be F32 [3]");
    }
}
