//! What a person does on the pages: log in, follow a link, fill a form.

use std::time::{Duration, Instant};

use thirtyfour::prelude::*;

use crate::{Browser, Demo, Login, Trouble};

impl Browser {
    /// Logs in, after ending any session that is open.
    ///
    /// # Errors
    /// The home page does not appear; the message holds what the page said.
    pub async fn log_in(&self, demo: &Demo, login: &Login) -> Result<(), Trouble> {
        self.driver.delete_all_cookies().await?;
        self.driver.goto(format!("{}/login", demo.address)).await?;
        self.type_into("login", &login.name).await?;
        self.type_into("password", &login.password).await?;
        self.driver
            .find(By::Css("form[action='/login'] button[type='submit']"))
            .await?
            .click()
            .await?;
        // The click returns before the answer of a slow machine is there.
        let until = Instant::now() + Duration::from_secs(20);
        while self.driver.current_url().await?.path() == "/login" {
            if Instant::now() > until {
                let said = self.driver.find(By::Tag("main")).await?.text().await?;
                return Err(format!("{} could not log in: {said}", login.name).into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Replaces the value of the field `name`.
    ///
    /// # Errors
    /// There is no such field.
    pub async fn type_into(&self, name: &str, text: &str) -> Result<(), Trouble> {
        let field = self
            .driver
            .find(By::Css(format!("[name='{name}']")))
            .await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// The visible words of the main part of the page.
    ///
    /// # Errors
    /// The page has no main part.
    pub async fn words(&self) -> Result<String, Trouble> {
        Ok(self.driver.find(By::Tag("main")).await?.text().await?)
    }

    /// Goes to `path` of the demonstration.
    ///
    /// # Errors
    /// The browser cannot.
    pub async fn open(&self, demo: &Demo, path: &str) -> Result<(), Trouble> {
        self.driver.goto(format!("{}{path}", demo.address)).await?;
        Ok(())
    }

    /// The path and query of the page that is shown.
    ///
    /// # Errors
    /// The browser cannot say.
    pub async fn path(&self) -> Result<String, Trouble> {
        let url = self.driver.current_url().await?;
        Ok(url.query().map_or_else(
            || url.path().to_owned(),
            |query| format!("{}?{query}", url.path()),
        ))
    }

    /// The addresses of the first links on the page whose path begins with `prefix`.
    ///
    /// # Errors
    /// The browser cannot say.
    pub async fn links(&self, prefix: &str) -> Result<Vec<String>, Trouble> {
        let mut found = Vec::new();
        for link in self
            .driver
            .find_all(By::Css(format!("main a[href^='{prefix}']")))
            .await?
        {
            if let Some(href) = link.attr("href").await?
                && !found.contains(&href)
            {
                found.push(href);
            }
        }
        Ok(found)
    }
}
