//! Who hears of something: the people behind a rung's recipients. Pure.

use std::collections::BTreeSet;

use crate::statute::supervision::Recipient;
use crate::store::record::{Person, Role};
use crate::store::{BureauId, PersonId};

/// Everybody who can log in.
#[derive(Debug, Clone, Default)]
pub(in crate::office) struct Staff(Vec<Person>);

impl Staff {
    pub(in crate::office) fn new(people: impl IntoIterator<Item = Person>) -> Staff {
        Staff(people.into_iter().filter(|one| one.active).collect())
    }

    /// The people whom a recipient means for a step of `bureau`.
    pub(in crate::office) fn of(&self, who: Recipient, bureau: BureauId) -> Vec<&Person> {
        let all = |keep: &dyn Fn(&Person) -> bool| -> Vec<&Person> {
            self.0.iter().filter(|one| keep(one)).collect()
        };
        let own = |one: &Person| one.role == Role::Officer { bureau };
        match who {
            Recipient::Officers => {
                // A bureau whose only officer leads it has nobody else to tell.
                let officers = all(&|one| own(one) && !one.lead);
                if officers.is_empty() {
                    all(&own)
                } else {
                    officers
                }
            }
            Recipient::Lead => all(&|one| own(one) && one.lead),
            Recipient::Office => all(&|one| one.role == Role::GovernmentOffice),
            Recipient::DeputyMayor => all(&|one| one.role == Role::DeputyMayor),
            Recipient::Company => all(&|one| one.role == Role::Company),
        }
    }

    /// Everybody whom the recipients mean, each once.
    pub(in crate::office) fn all_of(&self, who: &[Recipient], bureau: BureauId) -> Vec<PersonId> {
        let people = who.iter().flat_map(|who| self.of(*who, bureau));
        let once: BTreeSet<PersonId> = people.map(|one| one.id).collect();
        once.into_iter().collect()
    }

    /// The recipients with their names, in words.
    pub(in crate::office) fn in_words(&self, who: &[Recipient], bureau: BureauId) -> String {
        let group = |who: &Recipient| {
            let names: Vec<&str> = self
                .of(*who, bureau)
                .iter()
                .map(|one| one.name.as_str())
                .collect();
            let names = match names.is_empty() {
                true => "（尚未设置）".to_owned(),
                false => names.join("、"),
            };
            format!("{}：{names}", word(*who))
        };
        who.iter().map(group).collect::<Vec<_>>().join("；")
    }

    /// The names of a bureau's leads, for a notice.
    pub(in crate::office) fn leads(&self, bureau: BureauId) -> String {
        let names: Vec<&str> = self
            .of(Recipient::Lead, bureau)
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        match names.is_empty() {
            true => "部门负责人（系统中尚未设置）".to_owned(),
            false => names.join("、"),
        }
    }
}

fn word(who: Recipient) -> &'static str {
    match who {
        Recipient::Officers => "经办人",
        Recipient::Lead => "部门负责人",
        Recipient::Office => "市政府办公室",
        Recipient::DeputyMayor => "分管市领导",
        Recipient::Company => "供电公司",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: i64, role: Role, lead: bool, active: bool) -> Person {
        Person {
            id: PersonId(id),
            login: format!("p{id}"),
            name: format!("某{id}"),
            role,
            lead,
            active,
        }
    }

    #[test]
    fn each_hears_once_and_only_of_the_own_bureau() {
        let (seven, eight) = (BureauId(7), BureauId(8));
        let officer = |bureau| Role::Officer { bureau };
        let staff = Staff::new([
            person(1, officer(seven), false, true),
            person(2, officer(seven), true, true),
            person(3, officer(eight), true, true),
            person(4, officer(seven), false, false),
            person(5, Role::GovernmentOffice, false, true),
            person(6, Role::DeputyMayor, false, true),
            person(7, Role::Company, false, true),
        ]);
        let ids = |who: &[Recipient], bureau| -> Vec<i64> {
            let ids = staff.all_of(who, bureau);
            ids.into_iter().map(|id| id.0).collect()
        };
        use Recipient::{Company, DeputyMayor, Lead, Office, Officers};
        assert_eq!(ids(&[Officers], seven), [1]);
        assert_eq!(ids(&[Officers, Lead], seven), [1, 2]);
        // Its only officer leads it, and hears once.
        assert_eq!(ids(&[Officers, Lead], eight), [3]);
        assert_eq!(ids(&[Office, DeputyMayor, Company], eight), [5, 6, 7]);
        assert_eq!(ids(&[Officers, Lead], BureauId(9)), [0_i64; 0]);
        assert_eq!(
            staff.in_words(&[Officers, Lead], seven),
            "经办人：某1；部门负责人：某2"
        );
        assert_eq!(
            staff.in_words(&[Lead], BureauId(9)),
            "部门负责人：（尚未设置）"
        );
        assert_eq!(staff.leads(eight), "某3");
    }
}
