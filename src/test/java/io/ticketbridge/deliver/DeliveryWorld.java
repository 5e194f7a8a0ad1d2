package io.ticketbridge.deliver;

import io.ticketbridge.config.Settings;
import io.ticketbridge.deliver.call.Questions;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.instance.Caller;
import io.ticketbridge.deliver.instance.Dictionaries;
import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.deliver.servicenow.LastAnswers;
import io.ticketbridge.deliver.state.MissingTickets;
import io.ticketbridge.deliver.state.MovedRecords;
import io.ticketbridge.deliver.text.AdoptQueries;
import io.ticketbridge.deliver.text.Templates;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.History;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ledger.run.HeldGroups;
import io.ticketbridge.ledger.run.LedgerWorld;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Decision;
import io.ticketbridge.ticket.GroupCase;
import io.ticketbridge.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.helpers.NOPLogger;

/** A flow's deliveries without ServiceNow: what is about to be sent can be looked at, and its fate and any answer told. */
public final class DeliveryWorld implements AutoCloseable {
    public final Settings settings;
    public final LedgerWorld ledger;
    final CamelContext context = new DefaultCamelContext();
    public final Templates templates;
    public final Drafts drafts;
    public final MovedRecords moved;
    public final MissingTickets missing;
    public final Recording recording;
    final Settling settling;
    final IntentLookUp intentLookUp;
    private final Dictionaries dictionaries;
    private final Map<Object, Answer> answers = new ConcurrentHashMap<>();

    /** @param keys of the flow by themselves, others without {@code ticketbridge.} */
    public DeliveryWorld(Map<String, String> keys) {
        settings = Flow.settings(keys);
        ledger = new LedgerWorld(FreshDatabase.H2.open(), settings.flows().get(Flow.NAME));
        answerFromHere();
        Questions questions = new Questions(context, new Faults(ledger.clock), true);
        templates = new Templates(context);
        dictionaries = new Dictionaries(questions, settings.profiles().values(), ledger.clock);
        moved = new MovedRecords(questions, ledger.openTickets);
        missing = new MissingTickets(settings);
        drafts = new Drafts(
                templates,
                ledger.groupFindings,
                ledger.tickets,
                new WorkNotes(ledger.groupFindings),
                dictionaries,
                new Caller(questions, settings.serviceNow()),
                new AdoptQueries(templates, questions, ledger.clock));
        Pairs pairs = new Pairs(ledger.database, ledger.clock);
        settling = new Settling(
                ledger.groups,
                ledger.intents,
                new HeldGroups(ledger.database, ledger.clock),
                pairs,
                ledger.deadLetters,
                history(),
                NOPLogger.NOP_LOGGER);
        recording = new Recording(
                ledger.groups,
                ledger.tickets,
                ledger.records,
                pairs,
                ledger.deadLetters,
                new Attachments(ledger.groupFindings, drafts, pairs, settings.serviceNow()),
                dictionaries,
                (flow, kind, lag) -> {},
                new Circuits(ledger.clock),
                settling,
                NOPLogger.NOP_LOGGER);
        intentLookUp = new IntentLookUp(settings, ledger.groups, ledger.intents, ledger.records, recording, moved);
    }

    private History history() {
        return new History(ledger.database, ledger.clock);
    }

    Adoption adoption() {
        return new Adoption(settings, ledger.groups, ledger.records, history(), moved, NOPLogger.NOP_LOGGER);
    }

    Deliveries deliveries() {
        return new Deliveries(settings, ledger.groups, Trail.OF_RUNS);
    }

    Delivery claim(Finding finding) {
        return deliveries().claim(ledger.groupOf(finding), new DefaultExchange(context));
    }

    Deciding deciding(Circuits circuits) {
        return new Deciding(settings, ledger.groups, ledger.tickets, circuits, history());
    }

    /** What ServiceNow says of a table from now on; nothing where nobody told. */
    public interface Answer {
        List<Map<String, Object>> to(ServiceNowCall call) throws Exception;
    }

    public void answers(String table, Answer answer) {
        answers.put(table, answer);
    }

    private List<Map<String, Object>> answer(ServiceNowCall call) throws Exception {
        LastAnswers.none();
        return answers.getOrDefault(call.headers().get(ServiceNowConstants.PARAM_TABLE_NAME), asked -> List.of())
                .to(call);
    }

    private void answerFromHere() {
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:call-servicenow").process(exchange -> exchange.getMessage()
                            .setBody(answer(exchange.getMessage().getBody(ServiceNowCall.class))));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        context.start();
    }

    /** The group's delivery, decided and intended, so that its draft can be asked for. */
    public Delivery intended(Finding finding, Action action, String reason) {
        GroupCase claimed = ledger.claim(finding);
        int latest = claimed.latest().map(Ticket::generation).orElse(0);
        Decision decision = new Decision(action, action == Action.OPEN ? latest + 1 : latest, reason);
        Delivery delivery = new Delivery(ledger.flow, settings.profiles().get(ledger.flow.profile()), claimed);
        delivery.decide(decision);
        delivery.intend(ledger.intend(claimed, decision));
        return delivery;
    }

    /** What the delivery sends, by column. */
    public Map<String, String> draft(Delivery delivery) {
        ServiceNowCall call =
                delivery.decision().action() == Action.OPEN ? drafts.opening(delivery) : drafts.changing(delivery);
        if (!delivery.sent().equals(call.body())) {
            throw new AssertionError("The delivery remembers other columns than it sends");
        }
        return delivery.sent();
    }

    /** ServiceNow took it. */
    void taken(Delivery delivery) {
        ledger.record(delivery.claimed(), delivery.intent(), SentFields.of(delivery.sent()));
        ledger.intents.done(delivery.intent());
        ledger.groups.settle(delivery.claimed(), delivery.intent().version());
    }

    public Delivery deliver(Finding finding, Action action) {
        Delivery delivery = intended(finding, action, "as told");
        draft(delivery);
        taken(delivery);
        return delivery;
    }

    @Override
    public void close() {
        context.stop();
        ledger.close();
    }
}
