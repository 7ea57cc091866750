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

impl Browser {
    /// Opens the first link of the page whose words contain `words`.
    ///
    /// # Errors
    /// There is none.
    pub async fn follow(&self, demo: &Demo, words: &str) -> Result<(), Trouble> {
        let xpath = format!("//main//a[contains(., '{words}')]");
        let link = self.driver.find(By::XPath(xpath)).await?;
        let path = link
            .attr("href")
            .await?
            .ok_or("a link without an address")?;
        self.open(demo, &path).await
    }

    /// Opens the step of a project by their names, from the project list.
    ///
    /// # Errors
    /// The role does not see it.
    pub async fn open_step(&self, demo: &Demo, project: &str, step: &str) -> Result<(), Trouble> {
        self.open(demo, "/projects").await?;
        self.follow(demo, project).await?;
        self.follow(demo, step).await
    }

    /// Fills and sends the form of one act on a step's page: fields by name.
    ///
    /// # Errors
    /// The act is not offered.
    pub async fn act(&self, kind: &str, fields: &[(&str, &str)]) -> Result<(), Trouble> {
        let form = self.form_of(kind).await?;
        for (name, value) in fields {
            let field = form.find(By::Css(format!("[name='{name}']"))).await?;
            match field.tag_name().await?.as_str() {
                "select" => {
                    field
                        .find(By::Css(format!("option[value='{value}']")))
                        .await?
                        .click()
                        .await?;
                }
                _ => {
                    field.clear().await?;
                    field.send_keys(*value).await?;
                }
            }
        }
        // Where files are missing, an acceptance has to be confirmed.
        for tick in form.find_all(By::Css("[name='despite_missing']")).await? {
            if !tick.is_selected().await? {
                self.press(&tick).await?;
            }
        }
        let before = self.driver.find(By::Tag("html")).await?;
        let button = form.find(By::Css("button[type='submit']")).await?;
        self.press(&button).await?;
        self.gone(&before).await
    }

    /// Posts nothing but the token to `path`, as a button of the page would.
    ///
    /// # Errors
    /// The page has no token, or the browser does not answer.
    pub async fn post(&self, path: &str) -> Result<(), Trouble> {
        let script = "const old = document.querySelector('input[name=_csrf]'); \
            const form = document.createElement('form'); form.method = 'post'; \
            form.action = arguments[0]; form.append(old.cloneNode()); \
            document.body.append(form); form.submit();";
        let before = self.path().await?;
        self.driver.execute(script, vec![path.into()]).await?;
        for _ in 0..100 {
            if self.path().await? != before {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        Err(format!("posting to {path} led nowhere").into())
    }

    /// Clicks an element from the middle of the window, where nothing lies over it.
    ///
    /// # Errors
    /// It cannot be clicked.
    pub async fn press(&self, element: &WebElement) -> Result<(), Trouble> {
        let script = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
        self.driver
            .execute(script, vec![element.to_json()?])
            .await?;
        element.click().await?;
        Ok(())
    }

    /// The form of one act, with the fold that hides it opened.
    ///
    /// # Errors
    /// The act is not offered.
    pub async fn form_of(&self, kind: &str) -> Result<WebElement, Trouble> {
        let xpath = format!("//form[.//input[@name='kind' and @value='{kind}']]");
        let form = self.driver.find(By::XPath(xpath.clone())).await?;
        let fold = format!("{xpath}/ancestor::details[not(@open)]/summary");
        if let Some(summary) = self.driver.find_all(By::XPath(fold)).await?.first() {
            self.press(summary).await?;
        }
        Ok(form)
    }

    /// Whether an act is offered on the step's page.
    ///
    /// # Errors
    /// The browser cannot say.
    pub async fn offers(&self, kind: &str) -> Result<bool, Trouble> {
        let css = format!("form input[name='kind'][value='{kind}']");
        Ok(!self.driver.find_all(By::Css(css)).await?.is_empty())
    }

    /// Waits until the page that held `element` has been left.
    ///
    /// # Errors
    /// It has not within twenty seconds.
    pub async fn gone(&self, element: &WebElement) -> Result<(), Trouble> {
        let until = Instant::now() + Duration::from_secs(20);
        while element.tag_name().await.is_ok() {
            if Instant::now() > until {
                return Err("the page did not change".into());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        Ok(())
    }

    /// The word of the lamp at the head of a step's page.
    ///
    /// # Errors
    /// There is no lamp.
    pub async fn lamp(&self) -> Result<String, Trouble> {
        Ok(self
            .driver
            .find(By::Css(".clock-lamp .lamp"))
            .await?
            .text()
            .await?)
    }
}
