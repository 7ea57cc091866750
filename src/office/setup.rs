//! A fresh installation.
