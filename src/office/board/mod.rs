//! The overdue and the near-due board.

mod cursor;
