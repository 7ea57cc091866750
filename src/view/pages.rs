//! One function a page: the door gives the read models, the page comes back as text.

use serde::Serialize;

use super::form::{
    AccountForm, DeliveryForm, EventForm, FactsForm, JointForm, OffenceAsk, OffenceForm,
    PersonForm, ProjectForm, Retyped,
};
use super::section::Forms;
use super::shell::{self, Frame};
use super::{LoginPage, Problem, Shell, View, ViewError};
use super::{
    catalogue, coordination, delegations, facts, figures, home, late, list, matter, new_project,
    paper, people, project, step, year,
};
use super::{offence, offences, words};
use crate::office::model::coordination::{MatterPage, Matters, MattersQuery, RaisePage};
use crate::office::model::delegations::DelegationsPage;
use crate::office::model::facts::FactsPage;
use crate::office::model::figures::Figures;
use crate::office::model::home::ProjectSearch;
use crate::office::model::late::{LateEntries, LateQuery};
use crate::office::model::offences::{OffenceFormPage, OffenceList, OffencePage, OffenceSearch};
use crate::office::model::paper::{CheckedPaper, PaperPage};
use crate::office::model::{
    Board, BureauHome, CompanyHome, OfficeHome, Page, ProjectCard, ProjectPage, RoutePreview,
    StepPage,
};
use crate::office::{BoardKind, BoardQuery, Bureau, Person, ProjectId};
use crate::statute::calendar::Calendar;
use crate::statute::plan::{Plan, ProjectFacts};

/// A page's matter in its frame; `assets` is the version in the static files' addresses.
#[derive(Serialize)]
struct Whole<'a, T: Serialize> {
    title: &'a str,
    assets: &'a str,
    shell: Option<Frame>,
    page: T,
}

impl View {
    pub(super) fn render<T: Serialize>(
        &self,
        template: &'static str,
        shell: Option<(&Shell<'_>, &str)>,
        title: &str,
        page: T,
    ) -> Result<String, ViewError> {
        let whole = Whole {
            title,
            assets: &self.assets,
            shell: shell.map(|(shell, place)| shell::frame(shell, self.calendar_in_force(), place)),
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
    pub fn login(&self, page: &LoginPage) -> Result<String, ViewError> {
        self.render("pages/login.html", None, "登录", page)
    }

    /// The company's home.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn company_home(&self, shell: &Shell<'_>, home: &CompanyHome) -> Result<String, ViewError> {
        self.render(
            "pages/company_home.html",
            Some((shell, "/")),
            "首页",
            home::company(home, shell.today),
        )
    }

    /// A bureau's home.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn bureau_home(&self, shell: &Shell<'_>, home: &BureauHome) -> Result<String, ViewError> {
        self.render(
            "pages/bureau_home.html",
            Some((shell, "/")),
            "首页",
            home::bureau(home, shell.today),
        )
    }

    /// Who stands in for whom.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn delegations(
        &self,
        shell: &Shell<'_>,
        page: &DelegationsPage,
        typed: Option<&Retyped>,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/delegations.html",
            Some((shell, "/delegations")),
            "代办",
            delegations::page(page, typed, shell.today),
        )
    }

    /// A document, to print.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn paper(
        &self,
        shell: &Shell<'_>,
        page: &PaperPage,
        form: &DeliveryForm,
    ) -> Result<String, ViewError> {
        self.render(
            "print/paper.html",
            Some((shell, "")),
            &page.paper.title,
            paper::sheet(page, form, shell.today, self.calendar_in_force()),
        )
    }

    /// The page where anybody checks a document by its code.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn check(&self, typed: &str, found: Option<&CheckedPaper>) -> Result<String, ViewError> {
        self.render(
            "pages/check.html",
            None,
            "文书查验",
            paper::check(typed, found),
        )
    }

    /// The government office's home.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn office_home(&self, shell: &Shell<'_>, home: &OfficeHome) -> Result<String, ViewError> {
        self.render(
            "pages/office_home.html",
            Some((shell, "/")),
            "首页",
            home::office(home, shell.today),
        )
    }

    /// The project list with its filters.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn projects(
        &self,
        shell: &Shell<'_>,
        search: &ProjectSearch,
        found: &Page<ProjectCard>,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/projects.html",
            Some((shell, "/projects")),
            "项目",
            list::projects(search, found),
        )
    }

    /// The new project's form.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn new_project(&self, shell: &Shell<'_>, form: &ProjectForm) -> Result<String, ViewError> {
        self.render(
            "pages/new_project.html",
            Some((shell, "/projects/new")),
            "新建项目",
            new_project::page(form, self.calendar_in_force()),
        )
    }

    /// The page on which a project's facts are changed.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn facts(
        &self,
        shell: &Shell<'_>,
        id: ProjectId,
        (page, typed): (&FactsPage, Option<&ProjectFacts>),
        form: &FactsForm,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/facts.html",
            Some((shell, "/projects")),
            "变更项目情况",
            facts::page(id, page, typed, form),
        )
    }

    /// The route for the typed facts: a fragment, not a page.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn route_preview(
        &self,
        preview: &Result<RoutePreview, String>,
    ) -> Result<String, ViewError> {
        self.render(
            "parts/route_preview.html",
            None,
            "路线预览",
            new_project::preview(preview, self.calendar_in_force()),
        )
    }

    /// One project: time line, route, joint filing.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn project(
        &self,
        shell: &Shell<'_>,
        project: &ProjectPage,
        form: &JointForm,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/project.html",
            Some((shell, "/projects")),
            &project.card.name,
            project::page(project, form, shell.today, self.calendar_in_force()),
        )
    }

    /// One step: its clock, its acts, its ledger.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn step(
        &self,
        shell: &Shell<'_>,
        step: &StepPage,
        form: &EventForm,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/step.html",
            Some((shell, "/projects")),
            &format!("{} · {}", step.card.step_name, step.card.project_name),
            step::page(step, form, shell.today, self.calendar_in_force()),
        )
    }

    /// The list of offences against power facilities.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn offences(
        &self,
        shell: &Shell<'_>,
        search: &OffenceSearch,
        list: &OffenceList,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/offences.html",
            Some((shell, "/offences")),
            "涉电违法",
            offences::list(search, list),
        )
    }

    /// The form by which an offence is reported.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn offence_new(
        &self,
        shell: &Shell<'_>,
        page: &OffenceFormPage,
        form: &OffenceForm,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/offence_new.html",
            Some((shell, "/offences")),
            "报告涉电违法",
            offences::form(page, form, shell.today),
        )
    }

    /// One offence: the report, what happened, its pictures.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn offence(
        &self,
        shell: &Shell<'_>,
        page: &OffencePage,
        ask: &OffenceAsk,
    ) -> Result<String, ViewError> {
        let kind = words::offence_kind(page.card.kind);
        self.render(
            "pages/offence.html",
            Some((shell, "/offences")),
            &format!("{kind} 第{}号", page.card.id),
            offence::page(page, ask, shell.today),
        )
    }

    /// The overdue or near-due board.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn board(
        &self,
        shell: &Shell<'_>,
        query: &BoardQuery,
        board: &Board,
    ) -> Result<String, ViewError> {
        let (place, title) = match query.kind {
            BoardKind::Overdue => ("/board?kind=overdue", "超期事项"),
            BoardKind::NearDue => ("/board?kind=near-due", "临期事项"),
        };
        self.render(
            "pages/board.html",
            Some((shell, place)),
            title,
            list::board(query, board, shell.today),
        )
    }

    /// The list of difficulties.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn matters(
        &self,
        shell: &Shell<'_>,
        query: MattersQuery,
        found: &Matters,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/coordination.html",
            Some((shell, "/coordination")),
            "协调事项",
            coordination::list(query, found),
        )
    }

    /// One difficulty, with a form of it that was refused.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn matter(
        &self,
        shell: &Shell<'_>,
        page: &MatterPage,
        refused: Option<&Retyped>,
    ) -> Result<String, ViewError> {
        let forms = Forms {
            typed: refused,
            today: shell.today,
        };
        self.render(
            "pages/difficulty.html",
            Some((shell, "/coordination")),
            &page.line.title,
            matter::page(page, &forms),
        )
    }

    /// The page where a difficulty is raised, with the form where it was refused.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn raise(
        &self,
        shell: &Shell<'_>,
        page: &RaisePage,
        refused: Option<&Retyped>,
    ) -> Result<String, ViewError> {
        let forms = Forms {
            typed: refused,
            today: shell.today,
        };
        self.render(
            "pages/raise.html",
            Some((shell, "/projects")),
            &format!("协调事项 · {}", page.project_name),
            coordination::raise(page, refused, &forms),
        )
    }

    /// Entries that were typed late.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn late_entries(
        &self,
        shell: &Shell<'_>,
        query: &LateQuery,
        found: &LateEntries,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/late_entries.html",
            Some((shell, "/late-entries")),
            "补录",
            late::page(query, found, shell.today),
        )
    }

    /// The figures, with their pictures and tables.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn figures(&self, shell: &Shell<'_>, found: &Figures) -> Result<String, ViewError> {
        self.render(
            "pages/figures.html",
            Some((shell, "/figures")),
            "效能统计",
            figures::page(found, shell.today),
        )
    }

    /// The figures as a table for spreadsheets: the file's name without its ending, and its text.
    pub fn figures_csv(&self, found: &Figures) -> (String, String) {
        (figures::file_name(found), figures::csv(found))
    }

    /// The plan's clauses and steps.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn catalogue(&self, shell: &Shell<'_>, plan: &Plan) -> Result<String, ViewError> {
        self.render(
            "pages/catalogue.html",
            Some((shell, "/catalogue")),
            "方案目录",
            catalogue::page(plan),
        )
    }

    /// A year of working days.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn calendar(
        &self,
        shell: &Shell<'_>,
        calendar: &Calendar,
        year: i32,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/calendar.html",
            Some((shell, "/calendar")),
            &format!("{year}年工作日历"),
            year::page(calendar, year, shell.today),
        )
    }

    /// Everyone who can log in, for the administrator.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn people(
        &self,
        shell: &Shell<'_>,
        people: &[(Person, Option<Bureau>)],
        bureaus: &[Bureau],
        form: &PersonForm,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/people.html",
            Some((shell, "/people")),
            "人员",
            people::people(shell.actor, people, bureaus, form),
        )
    }

    /// One's own password.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn account(&self, shell: &Shell<'_>, form: &AccountForm) -> Result<String, ViewError> {
        self.render(
            "pages/account.html",
            Some((shell, "/account")),
            "我的账号",
            people::account(shell.actor, form),
        )
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
            "pages/problem.html",
            shell.map(|shell| (shell, "")),
            &problem.title,
            problem,
        )
    }
}
