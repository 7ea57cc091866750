//! What is written of coordination: appended, or settled once.

use chrono::NaiveDate;
use entity::{
    coordination_decision, coordination_meeting, decision_act, difficulty, difficulty_bureau,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use super::{
    Called, Closed, DecisionAct, DecisionState, Hand, Meeting, NewDifficulty, Owner, rows,
};
use crate::store::ids::{BureauId, DecisionId, DifficultyId, MeetingId};
use crate::store::{StoreError, Tx};

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Db(format!("what cannot be written as JSON: {error}")))
}

impl Tx {
    /// Enters a difficulty, with the bureaus that it brings in.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_difficulty(
        &self,
        new: &NewDifficulty,
        hand: &Hand,
    ) -> Result<DifficultyId, StoreError> {
        let row = difficulty::ActiveModel {
            project_id: Set(new.project.0),
            filing_id: Set(new.filing.map(|filing| filing.0)),
            bureau_id: Set(new.bureau.map(|bureau| bureau.0)),
            title: Set(new.title.clone()),
            words: Set(new.words.clone()),
            needs: Set(json(&new.needs)?),
            raised_on: Set(new.on),
            person_id: Set(hand.person.0),
            person_name: Set(hand.name.clone()),
            recorded_at: Set(hand.at),
            ..<difficulty::ActiveModel as ActiveModelTrait>::default()
        };
        let made = difficulty::Entity::insert(row).exec(&self.tx).await?;
        let id = DifficultyId(made.last_insert_id);
        self.bring_in(id, &new.needs).await?;
        Ok(id)
    }

    /// Lets bureaus see a difficulty; those that see it already stay.
    async fn bring_in(&self, id: DifficultyId, bureaus: &[BureauId]) -> Result<(), StoreError> {
        use difficulty_bureau::Column as C;
        let seen = difficulty_bureau::Entity::find()
            .filter(C::DifficultyId.eq(id.0))
            .all(&self.tx)
            .await?;
        let mut new: Vec<BureauId> = bureaus
            .iter()
            .copied()
            .filter(|bureau| !seen.iter().any(|row| row.bureau_id == bureau.0))
            .collect();
        new.sort_unstable();
        new.dedup();
        if new.is_empty() {
            return Ok(());
        }
        let rows = new
            .into_iter()
            .map(|bureau| difficulty_bureau::ActiveModel {
                difficulty_id: Set(id.0),
                bureau_id: Set(bureau.0),
            });
        difficulty_bureau::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([C::DifficultyId, C::BureauId])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Enters a meeting, with the bureaus that it brings in.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_meeting(
        &self,
        id: DifficultyId,
        (on, place, called): (NaiveDate, &str, &Called),
        hand: &Hand,
    ) -> Result<MeetingId, StoreError> {
        let row = coordination_meeting::ActiveModel {
            difficulty_id: Set(id.0),
            on_day: Set(on),
            place: Set(place.to_owned()),
            called: Set(json(called)?),
            person_id: Set(hand.person.0),
            person_name: Set(hand.name.clone()),
            recorded_at: Set(hand.at),
            ..<coordination_meeting::ActiveModel as ActiveModelTrait>::default()
        };
        let made = coordination_meeting::Entity::insert(row)
            .exec(&self.tx)
            .await?;
        self.bring_in(id, &called.bureaus).await?;
        Ok(MeetingId(made.last_insert_id))
    }

    /// Writes a meeting's minutes; false where they are written already.
    ///
    /// # Errors
    /// The database.
    pub async fn write_minutes(
        &self,
        id: MeetingId,
        words: &str,
        hand: &Hand,
    ) -> Result<bool, StoreError> {
        let row = coordination_meeting::ActiveModel {
            minutes: Set(Some(words.to_owned())),
            minutes_by: Set(Some(hand.person.0)),
            minutes_by_name: Set(Some(hand.name.clone())),
            minutes_at: Set(Some(hand.at)),
            ..<coordination_meeting::ActiveModel as ActiveModelTrait>::default()
        };
        let done = coordination_meeting::Entity::update_many()
            .set(row)
            .filter(coordination_meeting::Column::Id.eq(id.0))
            .filter(coordination_meeting::Column::Minutes.is_null())
            .exec(&self.tx)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Enters a decision, with the bureau that it brings in.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_decision(
        &self,
        meeting: &Meeting,
        (owner, words, due_on): (Owner, &str, NaiveDate),
        hand: &Hand,
    ) -> Result<DecisionId, StoreError> {
        let row = coordination_decision::ActiveModel {
            difficulty_id: Set(meeting.difficulty.0),
            meeting_id: Set(meeting.id.0),
            owner_bureau: Set(owner.column()),
            words: Set(words.to_owned()),
            due_on: Set(due_on),
            person_id: Set(hand.person.0),
            person_name: Set(hand.name.clone()),
            recorded_at: Set(hand.at),
            state: Set(rows::state_text(DecisionState::Open).to_owned()),
            ..<coordination_decision::ActiveModel as ActiveModelTrait>::default()
        };
        let made = coordination_decision::Entity::insert(row)
            .exec(&self.tx)
            .await?;
        if let Owner::Bureau(bureau) = owner {
            self.bring_in(meeting.difficulty, &[bureau]).await?;
        }
        Ok(DecisionId(made.last_insert_id))
    }

    /// Enters what became of a decision, which is then where that leads; false where the decision
    /// is no longer `from`.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_decision_act(
        &self,
        from: DecisionState,
        act: &DecisionAct,
        hand: &Hand,
    ) -> Result<bool, StoreError> {
        use coordination_decision::Column as C;
        let state = coordination_decision::ActiveModel {
            state: Set(rows::state_text(act.step.leads_to()).to_owned()),
            ..<coordination_decision::ActiveModel as ActiveModelTrait>::default()
        };
        let moved = coordination_decision::Entity::update_many()
            .set(state)
            .filter(C::Id.eq(act.decision.0))
            .filter(C::State.eq(rows::state_text(from)))
            .exec(&self.tx)
            .await?;
        if moved.rows_affected != 1 {
            return Ok(false);
        }
        let row = decision_act::ActiveModel {
            decision_id: Set(act.decision.0),
            kind: Set(act.step.code().to_owned()),
            on_day: Set(act.on),
            words: Set(act.words.clone()),
            person_id: Set(hand.person.0),
            person_name: Set(act.person_name.clone()),
            recorded_at: Set(hand.at),
            ..<decision_act::ActiveModel as ActiveModelTrait>::default()
        };
        decision_act::Entity::insert(row)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(true)
    }

    /// Closes a difficulty; false where it is closed already.
    ///
    /// # Errors
    /// The database.
    pub async fn close_difficulty(
        &self,
        id: DifficultyId,
        closed: &Closed,
        hand: &Hand,
    ) -> Result<bool, StoreError> {
        let how = if closed.resolved {
            "resolved"
        } else {
            "without"
        };
        let row = difficulty::ActiveModel {
            closed: Set(Some(how.to_owned())),
            closed_on: Set(Some(closed.on)),
            closed_words: Set(Some(closed.words.clone())),
            closed_by: Set(Some(hand.person.0)),
            closed_by_name: Set(Some(closed.by_name.clone())),
            closed_at: Set(Some(hand.at)),
            ..<difficulty::ActiveModel as ActiveModelTrait>::default()
        };
        let done = difficulty::Entity::update_many()
            .set(row)
            .filter(difficulty::Column::Id.eq(id.0))
            .filter(difficulty::Column::Closed.is_null())
            .exec(&self.tx)
            .await?;
        Ok(done.rows_affected == 1)
    }
}
