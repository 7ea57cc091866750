//! One function a page: the door gives the read models, the page comes back as text.

use serde::Serialize;

use super::form::{AccountForm, EventForm, JointForm, PersonForm, ProjectForm};
use super::shell::{self, Frame};
use super::{LoginPage, Problem, Shell, View, ViewError};
use crate::office::model::home::ProjectSearch;
use crate::office::model::{
    Board, BureauHome, CompanyHome, OfficeHome, Page, ProjectCard, ProjectPage, RoutePreview,
    StepPage,
};
use crate::office::{BoardQuery, Bureau, Person};
use crate::statute::calendar::Calendar;
use crate::statute::plan::Plan;

/// A page's matter in its frame; `assets` is the version in the static files' addresses.
#[derive(Serialize)]
struct Whole<'a, T: Serialize> {
    title: &'a str,
    assets: &'a str,
    shell: Option<Frame>,
    page: T,
}

impl View {
    fn render<T: Serialize>(
        &self,
        template: &'static str,
        shell: Option<(&Shell<'_>, &str)>,
        title: &str,
        page: T,
    ) -> Result<String, ViewError> {
        let whole = Whole {
            title,
            assets: &self.assets,
            shell: shell.map(|(shell, place)| shell::frame(shell, self.calendar_of_today(), place)),
            page,
        };
        tera::Context::from_serialize(&whole)
            .and_then(|context| self.tera.render(template, &context))
            .map_err(|source| ViewError::Render { template, source })
    }

    /// The login page.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn login(&self, _page: &LoginPage) -> Result<String, ViewError> {
        self.render("pages/soon.html", None, "登录", ())
    }

    /// The company's home.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn company_home(
        &self,
        shell: &Shell<'_>,
        _home: &CompanyHome,
    ) -> Result<String, ViewError> {
        self.render("pages/soon.html", Some((shell, "/")), "首页", ())
    }

    /// A bureau's home.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn bureau_home(&self, shell: &Shell<'_>, _home: &BureauHome) -> Result<String, ViewError> {
        self.render("pages/soon.html", Some((shell, "/")), "首页", ())
    }

    /// The government office's home.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn office_home(&self, shell: &Shell<'_>, _home: &OfficeHome) -> Result<String, ViewError> {
        self.render("pages/soon.html", Some((shell, "/")), "首页", ())
    }

    /// The project list with its filters.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn projects(
        &self,
        shell: &Shell<'_>,
        _search: &ProjectSearch,
        _found: &Page<ProjectCard>,
    ) -> Result<String, ViewError> {
        self.render("pages/soon.html", Some((shell, "/projects")), "项目", ())
    }

    /// The new project's form.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn new_project(&self, shell: &Shell<'_>, _form: &ProjectForm) -> Result<String, ViewError> {
        self.render(
            "pages/soon.html",
            Some((shell, "/projects/new")),
            "新建项目",
            (),
        )
    }

    /// The route for the typed facts: a fragment, not a page.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn route_preview(
        &self,
        _preview: &Result<RoutePreview, String>,
    ) -> Result<String, ViewError> {
        self.render("pages/soon.html", None, "路线预览", ())
    }

    /// One project: time line, route, joint filing.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn project(
        &self,
        shell: &Shell<'_>,
        _project: &ProjectPage,
        _form: &JointForm,
    ) -> Result<String, ViewError> {
        self.render("pages/soon.html", Some((shell, "/projects")), "项目", ())
    }

    /// One step: its clock, its acts, its ledger.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn step(
        &self,
        shell: &Shell<'_>,
        _step: &StepPage,
        _form: &EventForm,
    ) -> Result<String, ViewError> {
        self.render("pages/soon.html", Some((shell, "/projects")), "事项", ())
    }

    /// The overdue or near-due board.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn board(
        &self,
        shell: &Shell<'_>,
        _query: &BoardQuery,
        _board: &Board,
    ) -> Result<String, ViewError> {
        self.render("pages/soon.html", Some((shell, "/board")), "看板", ())
    }

    /// The plan's clauses and steps.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn catalogue(&self, shell: &Shell<'_>, _plan: &Plan) -> Result<String, ViewError> {
        self.render(
            "pages/soon.html",
            Some((shell, "/catalogue")),
            "方案目录",
            (),
        )
    }

    /// A year of working days.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn calendar(
        &self,
        shell: &Shell<'_>,
        _calendar: &Calendar,
        _year: i32,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/soon.html",
            Some((shell, "/calendar")),
            "工作日历",
            (),
        )
    }

    /// Everyone who can log in, for the administrator.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn people(
        &self,
        shell: &Shell<'_>,
        _people: &[(Person, Option<Bureau>)],
        _bureaus: &[Bureau],
        _form: &PersonForm,
    ) -> Result<String, ViewError> {
        self.render("pages/soon.html", Some((shell, "/people")), "人员", ())
    }

    /// One's own password.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn account(&self, shell: &Shell<'_>, _form: &AccountForm) -> Result<String, ViewError> {
        self.render("pages/soon.html", Some((shell, "/account")), "我的账号", ())
    }

    /// What went wrong, in words.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn problem(
        &self,
        shell: Option<&Shell<'_>>,
        problem: &Problem,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/soon.html",
            shell.map(|shell| (shell, "")),
            &problem.title,
            problem,
        )
    }
}
