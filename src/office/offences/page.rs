//! The page of one offence.

use super::super::actor::{Act, permit};
use super::super::model::offences::{
    OffenceActs, OffenceCard, OffenceLine, OffencePage, OffencePicture, OffenceProject,
};
use super::super::page::sees as sees_project;
use super::super::{Actor, Office, OfficeError};
use super::sees;
use crate::statute::offence::State;
use crate::statute::plan::BureauKind;
use crate::store::{BureauId, Offence, OffenceFile, OffenceId};

impl Office {
    /// One offence's page.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it.
    pub async fn offence_page(
        &self,
        actor: &Actor,
        id: OffenceId,
    ) -> Result<OffencePage, OfficeError> {
        let missing = || OfficeError::NotFound("offence");
        let reader = self.store.reader();
        let offence = reader.offence(id).await?.ok_or_else(missing)?;
        let concerned = reader.offence_concerns(id).await?;
        if !sees(actor, &concerned) {
            return Err(missing());
        }
        let bureaus = reader.bureaus().await?;
        let bureau = |id: BureauId| bureaus.iter().find(|bureau| bureau.id == id);
        let name = |id| bureau(id).map(|b| b.name.clone()).unwrap_or_default();
        let project = match offence.project {
            Some(id) => {
                let filings = reader.filings_of_project(id).await?;
                let found = reader.project(id).await?;
                found.map(|project| OffenceProject {
                    id,
                    name: project.name,
                    open: sees_project(actor, &filings),
                })
            }
            None => None,
        };
        let entries = reader.offence_entries(id).await?;
        let pictures = reader.offence_files(id).await?;
        let holder = bureau(offence.bureau).map(|bureau| bureau.kind);
        Ok(OffencePage {
            acts: self.offence_acts(actor, &offence, holder),
            words: offence.words.clone(),
            large_works: offence.large_works,
            person_name: offence.person_name.clone(),
            project,
            rule: self.plan().offence(offence.kind).cloned(),
            seen_by: concerned.into_iter().map(name).collect(),
            entries: entries
                .into_iter()
                .map(|entry| OffenceLine {
                    on: entry.dated.on,
                    what: entry.dated.what,
                    bureau_name: name(entry.bureau),
                    person_name: entry.person_name,
                    at: entry.at,
                })
                .collect(),
            pictures: pictures.into_iter().map(picture).collect(),
            card: card(offence.clone(), name(offence.bureau)),
        })
    }

    fn offence_acts(
        &self,
        actor: &Actor,
        offence: &Offence,
        holder: Option<BureauKind>,
    ) -> OffenceActs {
        let open = offence.state.is_open();
        let bureau = offence.bureau;
        let own = open && permit(actor, Act::HandleOffence { bureau }).is_ok();
        let reporter = open && permit(actor, Act::ReportOffence).is_ok();
        let received = offence.state == State::Received;
        let mut transfer: Vec<BureauKind> = Vec::new();
        for rule in self.plan().offences.iter().filter(|_| own) {
            if Some(rule.bureau) != holder && !transfer.contains(&rule.bureau) {
                transfer.push(rule.bureau);
            }
        }
        OffenceActs {
            receive: own && !received,
            handle: own && received,
            transfer,
            picture: self.largest_file().ok().filter(|_| reporter),
        }
    }
}

pub(super) fn card(offence: Offence, bureau_name: String) -> OffenceCard {
    OffenceCard {
        id: offence.id,
        kind: offence.kind,
        county: offence.county,
        place: offence.place,
        found_at: offence.found_at,
        reported_on: offence.reported_on,
        bureau_name,
        state: offence.state,
        last_on: offence.last_on,
    }
}

fn picture(file: OffenceFile) -> OffencePicture {
    OffencePicture {
        id: file.id,
        name: file.name,
        bytes: file.bytes,
        sha256: file.sha256,
        person_name: file.person_name,
        at: file.at,
    }
}
