package io.ticketbridge.engine;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Poll;
import io.ticketbridge.config.Settings;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.ledger.LastEnds;
import io.ticketbridge.ledger.letter.DeadLetters.Choice;
import io.ticketbridge.ledger.letter.DeadLetters.DeadLetter;
import io.ticketbridge.ledger.letter.DeadRecords;
import io.ticketbridge.ledger.letter.OpenLetters;
import io.ticketbridge.ledger.pass.PassOf;
import io.ticketbridge.ledger.pass.PassingFailure;
import io.ticketbridge.ledger.run.Runs;
import io.ticketbridge.source.files.FindingsFiles;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** What a command sends through the routes and waits for: a pass, the upkeep, an import, a replay. */
final class Passes {
    private static final int REPLAYED_AT_ONCE = 500;
    private static final Duration DAY = Duration.ofDays(1);

    private final Settings settings;
    private final ProducerTemplate producer;
    private final OpenLetters deadLetters;
    private final DeadRecords deadRecords;
    private final LastEnds lastEnds;
    private final Runs runs;

    Passes(Settings settings, ProducerTemplate producer, Beans beans) {
        this.settings = settings;
        this.producer = producer;
        deadLetters = beans.ledger.deadLetters.open();
        deadRecords = beans.sources.deadRecords;
        lastEnds = beans.ledger.lastEnds;
        runs = beans.ledger.runs;
    }

    /** One full pass of a flow: ticket states, source, policy. Its tickets are delivered by and by. */
    void pass(String flow) {
        failIfFailed(send("run-" + flow, null, ofFlow(flow)), "Flow " + flow);
    }

    /**
     * What {@code run} does by its schedule, where nobody has done it in time: for whoever runs by cron.
     *
     * @throws Failed naming all that failed; it is due again with the next run
     */
    void upkeep() {
        Map<String, Duration> routes = new LinkedHashMap<>(Map.of("forget-old", DAY, "sweep", DAY));
        settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.syncBack())
                .forEach(flow -> routes.put(
                        "reconcile-" + flow.name(),
                        flow.reconcile() instanceof Poll.Every every ? every.period() : DAY));
        List<String> failures = new ArrayList<>();
        routes.forEach((route, every) -> {
            // A cron is seldom on the second: what was done yesterday at this time is due.
            if (lastEnds.isDue(route, every.multipliedBy(9).dividedBy(10))) {
                try {
                    failIfFailed(send(route, null), route);
                } catch (Failed e) {
                    failures.add(e.getMessage());
                }
            }
        });
        if (!failures.isEmpty()) {
            throw new Failed(String.join(System.lineSeparator(), failures));
        }
    }

    /** Reads findings files, each as one scan of the flow, and hands their groups out after the last. */
    void importFiles(String flow, List<File> files, boolean arePart) {
        String pass = UUID.randomUUID().toString();
        Consumer<Exchange> ofImport = exchange -> {
            new PassOf(exchange).imports(flow, pass);
            exchange.setProperty(FindingsFiles.IS_PART, arePart);
        };
        readTicketStates(flow, ofImport);
        Failed failed = null;
        List<File> unread = new ArrayList<>(files);
        boolean goesOn = true;
        while (goesOn && !unread.isEmpty()) {
            File file = unread.remove(0);
            Exchange read = send("import-findings-file", file, ofImport);
            try {
                failIfFailed(read, file.toString());
            } catch (Failed e) {
                failed = e;
            }
            // It has to be imported again, and what an older scan says must not be read after what a newer one says.
            goesOn = !PassingFailure.isCauseOf(read.getException());
        }
        send("complete-run", null, ofImport);
        if (failed != null) {
            throw unread.isEmpty()
                    ? failed
                    : new Failed(failed.getMessage() + "; not read either, to keep the order: " + unread);
        }
    }

    /** The policy decides by them, so that what a person has closed since the last pass is not written to (P7). */
    private void readTicketStates(String flow, Consumer<Exchange> prepared) {
        failIfFailed(send("read-ticket-states", null, prepared), "Flow " + flow);
    }

    /**
     * Gives dead letters another try, once the ticket states of their flows are read. What they owe is delivered by and by.
     *
     * @return for each letter that can't be replayed, and each flow whose letters wait, or whose ticket states can't be read, why not
     * @throws Failed if the ledger or a route failed; what was not replayed is still there
     */
    List<String> replay(Choice choice) {
        List<String> hindrances = new ArrayList<>();
        Map<String, Boolean> read = new HashMap<>();
        long last = 0;
        List<DeadLetter> page = deadLetters.of(choice, 0, REPLAYED_AT_ONCE);
        // What dies again has a greater number than all that were there at first.
        long end = deadLetters.newest();
        while (!page.isEmpty()) {
            Map<String, List<DeadLetter>> byFlow = new LinkedHashMap<>();
            for (DeadLetter letter : page) {
                hindrance(letter)
                        .ifPresentOrElse(
                                why -> hindrances.add("Dead letter " + letter.id() + " can't be replayed: " + why),
                                () -> byFlow.computeIfAbsent(letter.flow(), name -> new ArrayList<>())
                                        .add(letter));
            }
            byFlow.forEach((flow, letters) -> {
                if (read.computeIfAbsent(flow, each -> areTicketStatesRead(each, hindrances))) {
                    replay(flow, withoutOlder(flow, letters, hindrances));
                }
            });
            last = page.get(page.size() - 1).id();
            page = deadLetters.of(choice, last, REPLAYED_AT_ONCE).stream()
                    .filter(letter -> letter.id() <= end)
                    .toList();
        }
        return hindrances;
    }

    private void replay(String flow, List<DeadLetter> letters) {
        if (!letters.isEmpty()) {
            failIfFailed(send("replay-dead-letters", letters, ofFlow(flow)), "Flow " + flow);
        }
    }

    /** Beside a pass a record that an earlier scan read would be written over what this one says, and closes no letter before its end. */
    private List<DeadLetter> withoutOlder(String flow, List<DeadLetter> letters, List<String> hindrances) {
        List<DeadLetter> others = letters.stream()
                .filter(letter -> !letter.stage().equals("read"))
                .toList();
        if (others.size() == letters.size() || !runs.isInPass(flow)) {
            return letters;
        }
        String wait = "Dead letters of records wait while their flow is read, for what is read now is newer. Flow "
                + flow + ": replay them again when its pass is through; those that it has read are closed by then.";
        if (!hindrances.contains(wait)) {
            hindrances.add(wait);
        }
        return others;
    }

    /** Those of other flows wait for nothing where one flow's can't be read. */
    private boolean areTicketStatesRead(String flow, List<String> hindrances) {
        try {
            readTicketStates(flow, ofFlow(flow));
            return true;
        } catch (Failed e) {
            hindrances.add("Dead letters can't be replayed before the states of their flow's tickets are read. "
                    + e.getMessage());
            return false;
        }
    }

    private Optional<String> hindrance(DeadLetter letter) {
        FlowSettings flow = settings.flows().get(letter.flow());
        return flow == null || !flow.enabled()
                ? Optional.of("flow " + letter.flow() + " is not enabled")
                : deadRecords.hindrance(letter);
    }

    private static void failIfFailed(Exchange exchange, String what) {
        // The error route has said why; whether it left the exception on the exchange depends on where it failed.
        Optional<String> said = new PassOf(exchange).failure();
        if (exchange.getException() != null || said.isPresent()) {
            throw new Failed(what + ": " + said.orElseGet(() -> Causes.sentence(exchange.getException())));
        }
    }

    private static Consumer<Exchange> ofFlow(String flow) {
        return exchange -> new PassOf(exchange).flow(flow);
    }

    Exchange send(String route, Object body) {
        return send(route, body, exchange -> {});
    }

    private Exchange send(String route, Object body, Consumer<Exchange> prepared) {
        return producer.send("direct:" + route, exchange -> {
            prepared.accept(exchange);
            exchange.getMessage().setBody(body);
        });
    }
}
