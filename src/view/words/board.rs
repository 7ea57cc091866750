//! The board's words.

use crate::office::Place;
use crate::office::model::{BoardLamp, Dimension};
use crate::statute::clock::{Lamp, Status};

/// What a list of the board holds.
pub fn board_lamp(lamp: BoardLamp) -> &'static str {
    match lamp {
        BoardLamp::Red => super::lamp(Lamp::Red),
        BoardLamp::Law => "超法定时限",
        BoardLamp::Yellow => super::lamp(Lamp::Yellow),
        BoardLamp::Green => super::lamp(Lamp::Green),
        BoardLamp::Paused => "暂停",
        BoardLamp::Suspended => super::lamp(Lamp::Paused),
        BoardLamp::Correcting => super::status(Status::Correcting),
        BoardLamp::Waiting => "等待",
        BoardLamp::Awaiting => super::status(Status::Submitted),
        BoardLamp::NotStarted => "待起算",
        BoardLamp::Untimed => super::lamp(Lamp::Untimed),
    }
}

/// Its shape, so that colour is never alone.
pub fn board_shape(lamp: BoardLamp) -> &'static str {
    super::lamp_shape(match lamp {
        BoardLamp::Red | BoardLamp::Law => Lamp::Red,
        BoardLamp::Yellow => Lamp::Yellow,
        BoardLamp::Green => Lamp::Green,
        BoardLamp::Paused | BoardLamp::Suspended | BoardLamp::Correcting => Lamp::Paused,
        BoardLamp::Waiting | BoardLamp::Awaiting | BoardLamp::NotStarted => Lamp::None,
        BoardLamp::Untimed => Lamp::Untimed,
    })
}

/// By what a board is broken down.
pub fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Bureau => "部门",
        Dimension::County => "县（区）",
        Dimension::Step => "事项",
        Dimension::Company => "申报人",
        Dimension::Project => "项目",
    }
}

/// Where a step is decided.
pub fn place(place: Place) -> &'static str {
    match place {
        Place::City => "市级",
        Place::In(county) => county.name(),
    }
}
