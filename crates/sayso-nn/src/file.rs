//! What is in a weights file, and is it whole?

use std::borrow::Cow;

use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{Config, Error};

/// The version of the format that this crate reads.
pub const FORMAT_VERSION: u32 = 1;

/// A checked weights file: a safetensors container whose `sayso` metadata is a JSON
/// object with `format`, `sha256`, `config` (the encoder's shape) and `task`
/// (whatever the layer above needs: labels, vocabularies).
///
/// `sha256` is of the `config` and `task` strings followed by the bytes of all
/// tensors in the order of their names.
#[derive(Debug)]
pub struct ModelFile {
    bytes: Cow<'static, [u8]>,
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
        let (_, metadata) = SafeTensors::read_metadata(&bytes)?;
        let json = metadata.metadata().as_ref().and_then(|map| map.get("sayso"));
        let json = json.ok_or_else(|| Error::Header("it is missing".to_owned()))?;
        let bad = |error: serde_json::Error| Error::Header(error.to_string());
        let header: Header = serde_json::from_str(json).map_err(bad)?;
        if header.format != FORMAT_VERSION {
            return Err(Error::Version { found: header.format, expected: FORMAT_VERSION });
        }
        let tensors = SafeTensors::deserialize(&bytes)?;
        let mut hasher = Sha256::new();
        hasher.update(&header.config);
        hasher.update(&header.task);
        let mut names = tensors.names();
        names.sort_unstable();
        for name in names {
            hasher.update(tensors.tensor(name)?.data());
        }
        let found: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        if found != header.sha256 {
            return Err(Error::Checksum { found, expected: header.sha256 });
        }
        let config = serde_json::from_str(&header.config).map_err(bad)?;
        Ok(Self { bytes, config, task: header.task, sha256: found })
    }

    /// The tensors, for reading.
    pub(crate) fn tensors(&self) -> Result<Tensors<'_>, Error> {
        Ok(Tensors(SafeTensors::deserialize(&self.bytes)?))
    }
}

/// Typed access to the tensors of a file.
pub(crate) struct Tensors<'a>(SafeTensors<'a>);

impl Tensors<'_> {
    fn data(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&[u8], Error> {
        let wrong = |problem: String| Error::Tensor { name: name.to_owned(), problem };
        let view = self.0.tensor(name).map_err(|error| wrong(error.to_string()))?;
        if view.dtype() != dtype || view.shape() != shape {
            let found = format!("{:?} {:?}", view.dtype(), view.shape());
            return Err(wrong(format!("{found}, it should be {dtype:?} {shape:?}")));
        }
        Ok(view.data())
    }

    /// Numbers of 32 bits, little endian.
    pub(crate) fn f32s(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let bytes = self.data(name, Dtype::F32, shape)?;
        let (words, _) = bytes.as_chunks::<4>();
        Ok(words.iter().map(|&word| f32::from_le_bytes(word)).collect())
    }

    /// Numbers of 8 bits.
    pub(crate) fn i8s(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, Error> {
        let bytes = self.data(name, Dtype::I8, shape)?;
        Ok(bytes.iter().map(|&byte| i8::from_le_bytes([byte])).collect())
    }
}
