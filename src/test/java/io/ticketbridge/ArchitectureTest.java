package io.ticketbridge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.ticketbridge.deliver.servicenow.WrongAnswer;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom. Stages meet only in routes; each of them may use the model, the ledger and the settings. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.ticketbridge");
    private static final String[] STAGES = {
        "io.ticketbridge.source..",
        "io.ticketbridge.dedupe..",
        "io.ticketbridge.aggregate..",
        "io.ticketbridge.policy..",
        "io.ticketbridge.deliver..",
        "io.ticketbridge.sync..",
        "io.ticketbridge.kafka.."
    };
    private static final String LEDGER = "io.ticketbridge.ledger";
    private static final String DATABASE = LEDGER + ".database";
    private static final String BUDGET = LEDGER + ".budget";
    /** What stages ask and write: the parts of the ledger that are for people are not among them. */
    private static final String[] OF_STAGES = {
        LEDGER,
        DATABASE,
        BUDGET,
        LEDGER + ".account",
        LEDGER + ".identity",
        LEDGER + ".intake",
        LEDGER + ".letter",
        LEDGER + ".pair",
        LEDGER + ".pass",
        LEDGER + ".run",
        LEDGER + ".ticket"
    };

    @ParameterizedTest
    @ValueSource(strings = {"source", "dedupe", "aggregate", "policy", "deliver", "sync", "kafka"})
    void a_stage_uses_the_model_the_ledger_and_the_settings_and_no_other_stage(String stage) {
        noClasses()
                .that()
                .resideInAPackage(in(stage))
                .should()
                .dependOnClassesThat(resideInAPackage("io.ticketbridge..")
                        .and(resideOutsideOfPackages(in(stage), in("fault"), in("finding"), in("ticket"), in("config")))
                        .and(resideOutsideOfPackages(OF_STAGES)))
                .because("stages meet only in routes: let a route call both, and hand on a value of the model")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void one_source_knows_no_other() {
        slices().matching("io.ticketbridge.source.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void what_sources_share_knows_none_of_them() {
        noClasses()
                .that()
                .resideInAPackage("io.ticketbridge.source")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ticketbridge.source.*..")
                .check(CLASSES);
    }

    @Test
    void the_ledger_knows_neither_who_reports_nor_who_moves_it() {
        noClasses()
                .that()
                .resideInAnyPackage(OF_STAGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LEDGER + ".report..", LEDGER + ".move..")
                .check(CLASSES);
        slices().matching(LEDGER + ".(report|move)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    /** Each part may be read on its own, from the bottom: what all use, then tickets, ids and letters, then runs, then passes. */
    @Test
    void the_parts_of_the_ledger_form_no_cycle() {
        noClasses()
                .that()
                .resideInAPackage(LEDGER)
                .should()
                .dependOnClassesThat(resideInAPackage(LEDGER + ".*..").and(resideOutsideOfPackages(DATABASE)))
                .check(CLASSES);
        slices().matching(LEDGER + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void what_deliver_asks_of_servicenow_knows_nothing_of_the_cycle() {
        noClasses()
                .that()
                .resideInAPackage("io.ticketbridge.deliver.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ticketbridge.deliver")
                .check(CLASSES);
        slices().matching("io.ticketbridge.deliver.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void what_a_database_is_knows_nothing_of_what_it_holds() {
        onlyUse("ledger.database", DATABASE, in("config"), in("fault"), in("finding"), in("network"));
        onlyUse("ledger.budget", BUDGET, DATABASE, in("config"), in("fault"), in("finding"));
    }

    @Test
    void the_model_depends_on_nothing_of_ours() {
        onlyUse("finding", in("finding"));
        onlyUse("ticket", in("ticket"), in("finding"));
        onlyUse("fault", in("fault"), in("finding"));
    }

    @Test
    void the_sandbox_uses_nothing_of_the_pipeline() {
        onlyUse("sandbox", in("sandbox"));
    }

    @Test
    void only_commands_use_the_sandbox() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("command"), in("sandbox"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("sandbox"))
                .check(CLASSES);
    }

    @Test
    void only_the_engine_sees_the_stages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(STAGES)
                .and()
                .resideOutsideOfPackage(in("engine"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STAGES)
                .because("what a command needs of a stage, the engine offers")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("io.ticketbridge.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void logs_go_through_slf4j() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }

    @Test
    void only_commands_print() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("command"))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .because("standard output is for results: log it, or hand it to the command")
                .check(CLASSES);
    }

    /** So that each can be tried by example, and answers the same for the same (P14). */
    @Test
    void decisions_are_pure_functions() {
        noClasses()
                .that()
                .haveNameMatching(
                        "io\\.ticketbridge\\.(policy\\.Policy|sync\\.(Agreeing|Carrying|Closure|Merge|Planner|PlanDraft|Telling))")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.ticketbridge.ledger..", "org.slf4j..", "org.apache.camel..")
                        .or(equivalentTo(Clock.class)))
                .check(CLASSES);
    }

    /** Else the next look-up says it in its own words, or forgets it. */
    @Test
    void whether_rows_were_asked_for_is_checked_in_one_place() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(AnsweredRows|ReadingOrder|TableProbe|EmptyLook|Recording|AdoptQueries)")
                .should()
                .callConstructor(WrongAnswer.class, String.class)
                .because("AnsweredRows says whether they were; the others find that an answer is wrong in another way")
                .check(CLASSES);
    }

    private static void onlyUse(String part, String... packages) {
        noClasses()
                .that()
                .resideInAPackage(in(part))
                .should()
                .dependOnClassesThat(resideInAPackage("io.ticketbridge..").and(resideOutsideOfPackages(packages)))
                .check(CLASSES);
    }

    private static String in(String part) {
        return "io.ticketbridge." + part + "..";
    }
}
