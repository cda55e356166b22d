//! The format of a pilots file, as types: what may be typed, in the planner's order.

use crate::scenario::format::SourceTable;
use crate::scenario::format::levers::HeadingWord;
use crate::scenario::format::words::{Named, On};
use crate::scenario::number::{Count, FixedPositive, FixedReal, FixedShare, Num, Seed, Whole};
use crate::scenario::read::{choice, table};

choice! {
    /// For what an effect is stated.
    PerWord, "what an effect is for", {
        /// For all practices of the place together, over the whole period; a share or a mean as it is.
        Whole = "whole",
        /// For each practice and week.
        PracticeWeek = "practice_week",
        /// For 1,000 weighted patients and week.
        ThousandWeek = "thousand_week",
        /// For each whole-time equivalent of the posts that the option adds, and week.
        WteWeek = "wte_week",
        /// For each request redirected.
        Redirected = "redirected",
    }
}

choice! {
    /// How much a pilot weighs as evidence.
    WeightWord, "a weight of evidence", {
        /// Reported by those who ran it, or by opinion.
        Low = "low",
        /// Measured, without a control.
        Moderate = "moderate",
        /// Measured by others, with a control or against a stated error.
        Good = "good",
    }
}

table! {
    /// A pilots file.
    PilotsFile, "a pilots file", [], {
        /// Title shown to people.
        title: String,
        /// How the prediction is made unless the command line says otherwise.
        run: PilotsRunTable,
        /// Pilots.
        pilot: Named<PilotTable>,
        /// Where figures come from.
        source: Named<SourceTable>,
    }
}

table! {
    /// How the prediction is made.
    PilotsRunTable, "[run]", [], {
        /// Simulated years (replications). Default those of each scenario.
        replications: Num<Count>,
        /// Seed of the random draws. Default those of each scenario.
        seed: Num<Seed>,
    }
}

table! {
    /// A pilot.
    PilotTable, "a pilot", [&[&["option"], &["levers"]]], {
        /// Title shown to people.
        name: String,
        /// Heading it is counted under.
        heading: HeadingWord,
        /// Scenario of the place, from the folder of this file.
        scenario: String,
        /// What was done: an option of that scenario.
        option: String,
        /// What was done: levers of that scenario, over things as they are.
        levers: Vec<String>,
        /// What was measured: MEASURE[@network.NAME or @practice.NAME][/need.NAME].
        measure: String,
        /// Day it began.
        started: On,
        /// What it cost over its whole time [£]. Default what the model says that the option costs.
        cost: Num<FixedPositive>,
        /// Effect that was claimed or hoped for, as `observed` states effects.
        claim: Num<FixedReal>,
        /// Ids under which this pilot's own outcome is a source; where the scenario uses one, it is in-sample.
        study: Vec<String>,
        /// How large and how long it is.
        design: DesignTable,
        /// What was observed.
        observed: ObservedTable,
        /// What staff or patients said, by question.
        survey: Named<SurveyTable>,
        /// What stands behind it.
        evidence: EvidenceTable,
    }
}

table! {
    /// How large and how long a pilot is.
    DesignTable, "`design`", [], {
        /// Practices that do it. Default those of the scenario.
        practices: Num<Count>,
        /// Practices that are measured and do not do it. Default none.
        controls: Num<Whole>,
        /// Months measured before.
        months_before: Num<Count>,
        /// Months measured after.
        months_after: Num<Count>,
    }
}

table! {
    /// What was observed.
    ObservedTable, "`observed`", [&[&["csv"], &["effect", "low", "high", "level", "sites", "per"]]], {
        /// Months by practice: a file with month, practice, value, and where known group and weighted_list.
        csv: String,
        /// Published effect: after less before, or less control.
        effect: Num<FixedReal>,
        /// Lower end of its published confidence interval.
        low: Num<FixedReal>,
        /// Upper end of its published confidence interval.
        high: Num<FixedReal>,
        /// Level of that interval. Default 0.95.
        level: Num<FixedShare>,
        /// Lowest and highest of its sites, or a range by judgement: shown, but no interval.
        sites: Vec<Num<FixedReal>>,
        /// For what the effect is stated. Default whole.
        per: PerWord,
    }
}

table! {
    /// An answer to a survey.
    SurveyTable, "a survey answer", [], {
        /// What was said.
        name: String,
        /// Share that said so.
        share: Num<FixedShare>,
        /// How many were asked.
        asked: Num<Count>,
    }
}

table! {
    /// What stands behind a pilot.
    EvidenceTable, "`evidence`", [], {
        /// Sample.
        sample: String,
        /// Design.
        design: String,
        /// Control.
        control: String,
        /// Who measured.
        measured_by: String,
        /// How much it weighs.
        weight: WeightWord,
        /// Why, in a sentence.
        word: String,
        /// Why the model says otherwise, where it does.
        model: String,
    }
}
