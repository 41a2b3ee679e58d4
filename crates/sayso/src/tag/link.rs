//! Which source does a cue have, and which cue a content?

use sayso_nn::{Dense, ModelFile, dot, softmax};

use super::pieces::Place;
use crate::Error;

/// Spans on either side that are looked at as parents; those of a window are hardly ever more.
pub(super) const REACH: usize = 64;

/// Scores a child span against candidate parents, as `training/model.py` does:
/// a product of two projections of the spans' end vectors, a weight for the class of
/// their distance, and one for being in the same paragraph.
///
/// # Source
/// The factored product follows Dozat and Manning (2017), without their bilinear tensor.
#[derive(Debug)]
pub(super) struct Linker {
    child: Dense,
    parent: Dense,
    none: Dense,
    bucket: Vec<f32>,
    same_paragraph: f32,
    /// Upper edges of the distance classes, in word pieces.
    distances: Vec<usize>,
    scale: f32,
}

impl Linker {
    pub(super) fn new(file: &ModelFile, name: &str, dim: usize, distances: &[usize]) -> Result<Self, Error> {
        let d = 2 * file.config.hidden_size;
        let n_buckets = 2 * (distances.len() + 1);
        #[expect(clippy::cast_precision_loss, reason = "dimensions are small")]
        let scale = 1.0 / (dim as f32).sqrt();
        Ok(Self {
            child: Dense::new(file, &format!("{name}.child"), dim, d)?,
            parent: Dense::new(file, &format!("{name}.parent"), dim, d)?,
            none: Dense::new(file, &format!("{name}.none"), 1, d)?,
            bucket: file.numbers(&format!("{name}.bucket"), n_buckets)?,
            same_paragraph: file.numbers(&format!("{name}.same_paragraph"), 1)?[0],
            distances: distances.to_vec(),
            scale,
        })
    }

    /// The parents and none of them with their probabilities, the likeliest first.
    ///
    /// `hidden` holds the window's vectors of `d` numbers.
    pub(super) fn candidates(
        &self,
        hidden: &[f32],
        d: usize,
        child: Place,
        parents: &[(usize, Place)],
    ) -> Vec<(Option<usize>, f32)> {
        let ends = |at: Place| -> Vec<f32> {
            let row = |piece: usize| &hidden[piece * d..][..d];
            [row(at.first), row(at.last)].concat()
        };
        let vector = ends(child);
        let projected = self.child.run(&vector);
        let mut logits: Vec<f32> = Vec::with_capacity(parents.len() + 1);
        for &(_, parent) in parents {
            let score = dot(&projected, &self.parent.run(&ends(parent))) * self.scale;
            let same = if parent.paragraph == child.paragraph { self.same_paragraph } else { 0.0 };
            logits.push(score + self.bucket[self.class(child.first, parent.first)] + same);
        }
        logits.extend(self.none.run(&vector));
        let names = parents.iter().map(|&(i, _)| Some(i)).chain([None]);
        softmax(&mut logits);
        let mut all: Vec<_> = names.zip(logits).collect();
        // Stable, so that equal ones keep the order of the text.
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all
    }

    fn class(&self, child: usize, parent: usize) -> usize {
        let distance = child.abs_diff(parent);
        let class = self.distances.partition_point(|&edge| edge < distance);
        class + if parent > child { self.distances.len() + 1 } else { 0 }
    }
}
