//! The catalogue versions that projects began under.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use super::OfficeError;
use crate::statute::plan::{Plan, PlanError, parse};

/// The current catalogue, and the older ones that stored projects still run under.
#[derive(Debug)]
pub(in crate::office) struct Plans {
    current: Arc<Plan>,
    text: String,
    known: RwLock<HashMap<String, Arc<Plan>>>,
}

impl Plans {
    /// Parses `text` as the catalogue for new projects.
    ///
    /// # Errors
    /// Every fault of the file.
    pub(in crate::office) fn new(file: &str, text: &str) -> Result<Plans, PlanError> {
        let current = Arc::new(parse::parse(file, text)?);
        let known = HashMap::from([(current.hash.clone(), Arc::clone(&current))]);
        Ok(Plans {
            current,
            text: text.to_owned(),
            known: RwLock::new(known),
        })
    }

    /// The catalogue that new projects begin under.
    pub(in crate::office) fn current(&self) -> &Arc<Plan> {
        &self.current
    }

    /// The text of that catalogue, word for word.
    pub(in crate::office) fn text(&self) -> &str {
        &self.text
    }

    /// The version of that hash, if it is already parsed.
    pub(in crate::office) fn known(&self, hash: &str) -> Option<Arc<Plan>> {
        let known = match self.known.read() {
            Ok(known) => known,
            Err(poisoned) => poisoned.into_inner(),
        };
        known.get(hash).cloned()
    }

    /// Parses a stored version and keeps it.
    ///
    /// # Errors
    /// The stored text does not parse or is not the text of that hash: the store is damaged, or
    /// was written by a program that knows more.
    pub(in crate::office) fn learn(
        &self,
        hash: &str,
        text: &str,
    ) -> Result<Arc<Plan>, OfficeError> {
        let plan = parse::parse(hash, text)
            .map_err(|e| OfficeError::Store(format!("catalogue {hash} does not parse: {e}")))?;
        if plan.hash != hash {
            return Err(OfficeError::Store(format!(
                "catalogue {hash} holds the text of {}",
                plan.hash
            )));
        }
        let plan = Arc::new(plan);
        let mut known = match self.known.write() {
            Ok(known) => known,
            Err(poisoned) => poisoned.into_inner(),
        };
        known.insert(hash.to_owned(), Arc::clone(&plan));
        Ok(plan)
    }
}
