//! A fresh installation: the bureaus of Benxi and the first administrator.

use chrono::NaiveDate;

use super::people::row;
use super::{Moment, NewPerson, Office, OfficeError, PersonId, Role};
use crate::statute::division::County;
use crate::statute::late::shanghai_day;
use crate::statute::plan::{BureauKind, Level};
use crate::store::NewPersonRow;

/// The city's name before its bureaus'.
const CITY: &str = "本溪市";

/// A bureau's name, in the words of the plan's 责任单位.
pub(super) fn bureau_name(kind: BureauKind, level: Level, county: Option<County>) -> String {
    let place = match (level, county) {
        (Level::County, Some(county)) => county.name(),
        (Level::County, None) => "县(区)",
        (Level::City, _) => CITY,
    };
    let kind = match kind {
        BureauKind::NaturalResources => "自然资源局",
        BureauKind::Forestry => "林草局",
        BureauKind::Transport => "交通运输局",
        BureauKind::Housing => "住房城乡建设局",
        BureauKind::Police => "公安局",
    };
    format!("{place}{kind}")
}

/// The city's five bureaus, and the same five of each county.
fn bureaus_of_benxi() -> Vec<(BureauKind, Level, Option<County>, String)> {
    let places = std::iter::once((Level::City, None)).chain(
        County::ALL
            .into_iter()
            .map(|county| (Level::County, Some(county))),
    );
    places
        .flat_map(|(level, county)| {
            BureauKind::ALL
                .into_iter()
                .map(move |kind| (kind, level, county, bureau_name(kind, level, county)))
        })
        .collect()
}

impl Office {
    /// Adds the bureaus of Benxi that are not there yet: five of the city, five of each
    /// county. An installation from before a kind was known gets it when it starts.
    ///
    /// # Errors
    /// The store.
    pub async fn ensure_bureaus(&self) -> Result<(), OfficeError> {
        let tx = self.begin().await?;
        tx.insert_bureaus(&bureaus_of_benxi()).await?;
        Ok(tx.commit().await?)
    }

    /// True where nobody can log in yet.
    ///
    /// # Errors
    /// The store.
    pub async fn is_empty(&self) -> Result<bool, OfficeError> {
        Ok(self.store.reader().people().await?.is_empty())
    }

    /// The day in Benxi on which something was last done, by whomever.
    ///
    /// # Errors
    /// The store.
    pub async fn last_act_on(&self) -> Result<Option<NaiveDate>, OfficeError> {
        let at = self.store.reader().last_audit_at().await?;
        Ok(at.map(shanghai_day))
    }

    /// Adds the administrator of an installation that has nobody yet.
    ///
    /// # Errors
    /// Forbidden where there is somebody already; Invalid.
    pub async fn create_first_administrator(
        &self,
        login: &str,
        name: &str,
        password: &str,
        at: Moment,
    ) -> Result<PersonId, OfficeError> {
        if !self.is_empty().await? {
            let message = "系统中已有人员;新的管理员由现有管理员添加";
            return Err(OfficeError::Forbidden(message.to_owned()));
        }
        let new = NewPerson {
            login: login.to_owned(),
            name: name.to_owned(),
            role: Role::Administrator,
            lead: false,
            password: password.to_owned(),
        };
        let row: NewPersonRow = row(&new, &[], self.cost).await?;
        let tx = self.begin().await?;
        let id = tx.insert_person(&row).await?;
        let subject = format!("person {id}");
        tx.audit(
            at.now,
            None,
            "create-first-administrator",
            &subject,
            &row.login,
        )
        .await?;
        tx.commit().await?;
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn benxi_has_five_bureaus_for_the_city_and_for_each_county() {
        let all = bureaus_of_benxi();
        assert_eq!(all.len(), 5 + 5 * 6);
        let names: std::collections::BTreeSet<&str> =
            all.iter().map(|(_, _, _, name)| name.as_str()).collect();
        assert_eq!(names.len(), 35);
        assert!(names.contains("本溪市林草局"));
        assert!(names.contains("本溪市公安局"));
        assert!(names.contains("桓仁满族自治县自然资源局"));
    }

    #[tokio::test]
    async fn an_installation_from_before_the_police_gets_them_when_it_starts() {
        let world = crate::office::testing::World::new().await;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/old.sqlite?mode=rwc", folder.path().display());
        let store = crate::store::Store::open(&url).await.unwrap();
        let known: Vec<_> = bureaus_of_benxi()
            .into_iter()
            .filter(|(kind, ..)| *kind != BureauKind::Police)
            .collect();
        let tx = store.begin().await.unwrap();
        tx.insert_bureaus(&known).await.unwrap();
        tx.commit().await.unwrap();
        let old = store.reader().bureaus().await.unwrap();
        assert_eq!(old.len(), 28);
        let office = Office {
            store,
            ..world.office.clone()
        };
        for _ in 0..2 {
            office.ensure_bureaus().await.unwrap();
            let now = office.store.reader().bureaus().await.unwrap();
            assert_eq!(now.len(), 35);
            assert!(old.iter().all(|bureau| now.contains(bureau)));
        }
    }
}
