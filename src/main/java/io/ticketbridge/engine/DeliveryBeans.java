package io.ticketbridge.engine;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.Adoption;
import io.ticketbridge.deliver.Attachments;
import io.ticketbridge.deliver.CallsAtOnce;
import io.ticketbridge.deliver.Circuits;
import io.ticketbridge.deliver.CountedCalls;
import io.ticketbridge.deliver.Deciding;
import io.ticketbridge.deliver.Deliveries;
import io.ticketbridge.deliver.Drafts;
import io.ticketbridge.deliver.Failures;
import io.ticketbridge.deliver.IntentLookUp;
import io.ticketbridge.deliver.LookUps;
import io.ticketbridge.deliver.Notices;
import io.ticketbridge.deliver.Recording;
import io.ticketbridge.deliver.RefusedFiles;
import io.ticketbridge.deliver.Settling;
import io.ticketbridge.deliver.SyncChoices;
import io.ticketbridge.deliver.SyncDecision;
import io.ticketbridge.deliver.TicketReader;
import io.ticketbridge.deliver.WorkNotes;
import io.ticketbridge.deliver.call.Answers;
import io.ticketbridge.deliver.call.Questions;
import io.ticketbridge.deliver.call.ServiceNowCalls;
import io.ticketbridge.deliver.instance.Caller;
import io.ticketbridge.deliver.instance.Dictionaries;
import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.deliver.state.ChangedTickets;
import io.ticketbridge.deliver.state.InstanceProbe;
import io.ticketbridge.deliver.state.MissingTickets;
import io.ticketbridge.deliver.state.MovedRecords;
import io.ticketbridge.deliver.state.TicketStates;
import io.ticketbridge.deliver.sweep.Sweep;
import io.ticketbridge.deliver.text.AdoptQueries;
import io.ticketbridge.deliver.text.Templates;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.database.LedgerDatabase;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.run.HeldGroups;
import io.ticketbridge.ledger.ticket.GroupFindings;
import io.ticketbridge.ledger.ticket.Groups;
import io.ticketbridge.ledger.ticket.Intents;
import io.ticketbridge.ledger.ticket.OpenTickets;
import io.ticketbridge.ledger.ticket.StrayRecords;
import io.ticketbridge.ledger.ticket.TicketRecords;
import io.ticketbridge.ledger.ticket.Tickets;
import io.ticketbridge.policy.FlowPolicy;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/** What decides on tickets, writes them to ServiceNow and reads them back. */
final class DeliveryBeans {
    final Templates templates;
    final SyncChoices syncChoices;
    final Circuits circuits;
    private final Faults faults;
    private final Drafts drafts;
    private final Surroundings around;
    private final LedgerBeans ledger;
    private final GroupFindings findings;
    private final Dictionaries dictionaries;
    private final MovedRecords moved;

    DeliveryBeans(Surroundings around, LedgerBeans ledger) {
        this.around = around;
        this.ledger = ledger;
        Settings settings = around.settings();
        CamelContext context = around.context();
        Clock clock = around.clock();
        templates = new Templates(context);
        findings = new GroupFindings(around.database());
        circuits = new Circuits(clock);
        faults = new Faults(clock);
        Questions questions = new Questions(context, faults, true);
        moved = new MovedRecords(questions, ledger.openTickets);
        dictionaries = new Dictionaries(questions, settings.profiles().values(), clock);
        syncChoices = new SyncChoices(dictionaries);
        drafts = new Drafts(
                templates,
                findings,
                ledger.tickets,
                new WorkNotes(findings),
                dictionaries,
                new Caller(questions, settings.serviceNow()),
                new AdoptQueries(templates, questions, clock));
    }

    /** @param watermarks how far changed tickets were read */
    void bind(Watermarks watermarks) {
        bindReading(watermarks);
        bindWriting();
        bindCalls();
    }

    private void bindReading(Watermarks watermarks) {
        Settings settings = around.settings();
        Clock clock = around.clock();
        OpenTickets openTickets = ledger.openTickets;
        MissingTickets missing = new MissingTickets(settings);
        MovedRecords movedOfPolls = new MovedRecords(new Questions(around.context(), faults, false), openTickets);
        TicketStates states = new TicketStates(settings, openTickets, ledger.release, movedOfPolls, missing, clock);
        around.bind("ticketStates", states);
        around.bind(
                "changedTickets", new ChangedTickets(settings, openTickets, ledger.pairs, watermarks, missing, clock));
        around.bind("ticketReader", new TicketReader(ledger.groups, moved));
        around.bind("sweep", new Sweep(settings, new StrayRecords(around.database(), clock), states));
    }

    private void bindWriting() {
        Settings settings = around.settings();
        ServiceNowSettings serviceNow = settings.serviceNow();
        LedgerDatabase database = around.database();
        Clock clock = around.clock();
        Rehearsal planned = around.planned();
        Groups groups = ledger.groups;
        Tickets tickets = ledger.tickets;
        Intents intents = ledger.intents;
        Pairs pairs = ledger.pairs;
        DeadLetters deadLetters = ledger.deadLetters;
        around.bind("policy", new FlowPolicy(tickets, clock));
        around.bind("drafts", drafts);
        around.bind("lookUps", new LookUps());
        around.bind("notices", new Notices());
        Attachments attachments = new Attachments(findings, drafts, pairs, serviceNow);
        around.bind("refusedFiles", new RefusedFiles(pairs, deadLetters, faults, clock));
        around.bind("attachments", attachments);
        bindCycle(attachments);
        around.bind(
                "failures",
                new Failures(
                        groups,
                        tickets,
                        intents,
                        deadLetters,
                        pairs,
                        faults,
                        circuits,
                        serviceNow,
                        around.trail(),
                        clock));
        if (planned != null) {
            around.bind("plannedWrites", planned.writes());
        }
    }

    /** From the claim of a group to its end (P15). */
    private void bindCycle(Attachments attachments) {
        Settings settings = around.settings();
        LedgerDatabase database = around.database();
        Clock clock = around.clock();
        Groups groups = ledger.groups;
        Tickets tickets = ledger.tickets;
        Pairs pairs = ledger.pairs;
        DeadLetters deadLetters = ledger.deadLetters;
        Intents intents = ledger.intents;
        TicketRecords records = new TicketRecords(database, intents, clock);
        History history = ledger.history;
        Logger log = around.planned() == null ? LoggerFactory.getLogger(Deliveries.class) : NOPLogger.NOP_LOGGER;
        Settling settling =
                new Settling(groups, intents, new HeldGroups(database, clock), pairs, deadLetters, history, log);
        Recording recording = new Recording(
                groups,
                tickets,
                records,
                pairs,
                deadLetters,
                attachments,
                dictionaries,
                around.meters(),
                circuits,
                settling,
                log);
        around.bind("deliveries", new Deliveries(settings, groups, around.trail()));
        around.bind("intentLookUp", new IntentLookUp(settings, groups, intents, records, recording, moved));
        around.bind("adoption", new Adoption(settings, groups, records, history, moved, log));
        around.bind("deciding", new Deciding(settings, groups, tickets, circuits, history));
        around.bind("syncDecision", new SyncDecision(drafts, records, deadLetters, history, log));
        around.bind("recording", recording);
        around.bind("settling", settling);
    }

    private void bindCalls() {
        int atOnce = around.settings().serviceNow().deliveries();
        around.bind("serviceNowCalls", new ServiceNowCalls(around.instance()));
        around.bind("answers", new Answers());
        around.bind("instanceProbe", new InstanceProbe(around.settings()));
        around.bind("requestBudget", new CountedCalls(ledger.budget, around.planned() != null));
        around.bind("callsAtOnce", new CallsAtOnce(atOnce, ledger.groups));
    }
}
