package io.ticketbridge.engine;

import io.ticketbridge.aggregate.Groupings;
import io.ticketbridge.deliver.state.StatesDue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Everything that routes call by name; docs/writing-routes.md names what a step of your own may call. */
final class Beans {
    /** All that a route may name; {@code RouteBeansTest} holds that they are there. */
    static final Set<String> NAMES = Set.of(
            ("adoption answers apis apiTokens attachments badRecords callsAtOnce changedTickets cloudPosture collected console consoleHeaders"
                            + " deadRecords deciding deliveries deliveryThreads drafts failures findingsFiles flowFilters groupChanges"
                            + " httpIntake iamTokens instanceProbe intakeServer intentLookUp kafkaClients keyOfFinding keyOfGroup lastEnds lookUps looseEnds"
                            + " membershipsOfFinding network notices onlyReadable pageReader pageSteps passFailures pairedSources passNow pendingGroups plannedWrites"
                            + " policy publishedFindings readAhead reconciliation recording refusedFiles replays requestBudget retention runs scans sccReports"
                            + " seenFindings serviceNowAnswer serviceNowCalls serviceNowFaults serviceNowHeaders serviceNowHttp"
                            + " settling sourceFaults statesDue storms sweep syncDecision takenFindings takenFindingsFailed"
                            + " ticketReader ticketStates ticketSync visionOne visionOneAnswers"
                            + " visionOneCalls waitingIntakes waitingPasses workloadProtection")
                    .split(" "));

    final SourceBeans sources;
    final LedgerBeans ledger;
    final DeliveryBeans delivery;

    /** @throws CannotStart naming everything in the settings that the stages can't work with */
    Beans(Surroundings around) {
        List<String> problems = new ArrayList<>();
        GroupingBeans grouping = new GroupingBeans(around);
        Groupings groupings = grouping.groupings;
        sources = new SourceBeans(around, problems);
        ledger = new LedgerBeans(around, sources, groupings);
        delivery = new DeliveryBeans(around, ledger);

        KafkaBeans.bind(around, ledger.pageSteps);
        ledger.bind();
        sources.bind();
        delivery.bind(sources.watermarks);
        around.bind("statesDue", new StatesDue(sources::mayFind, ledger.groups::isOwing, around.clock()));
        SyncBeans.bind(around, ledger, groupings);
        grouping.bind(problems);
        StartChecks.find(around.settings(), delivery.templates, problems);
        around.refuse(problems);
    }
}
