package io.ticketbridge.kafka;

import io.ticketbridge.fault.Causes;
import io.ticketbridge.finding.Result;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.letter.RecordText;
import io.ticketbridge.ledger.pass.ArrivingPages;
import io.ticketbridge.ledger.pass.PageSteps;
import io.ticketbridge.ledger.run.Arrival;
import io.ticketbridge.ledger.run.Misfit;
import io.ticketbridge.ledger.run.TakenByAnother;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's side of the topic: what comes in batches is put together by run and becomes pages. One thread uses it. */
public final class TakenFindings {
    private static final Logger LOG = LoggerFactory.getLogger(TakenFindings.class);
    private static final String NEXT = "nextOffsets";
    private static final String ARRIVED = "arrived";
    /** With Kafka, which can do without being told. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of the other ledger's findings more come with each batch. */
    private static final Duration TOLD_EVERY = Duration.ofHours(1);

    private final ArrivingPages arriving;
    private final PageSteps steps;
    private final UnaryOperator<String> masked;
    private long toldAt = System.nanoTime() - TOLD_EVERY.toNanos();

    /** A run as its messages name it. */
    private record Named(long run, String flow, String pass) {
        static Named by(String run, Message message) {
            return new Named(
                    Long.parseLong(run), Headers.text(message, Headers.FLOW), Headers.text(message, Headers.PASS));
        }
    }

    /** @param masked takes secrets out of a text before it is kept or logged (P37) */
    public TakenFindings(ArrivingPages arriving, PageSteps steps, UnaryOperator<String> masked) {
        this.arriving = arriving;
        this.steps = steps;
        this.masked = masked;
    }

    /** The batch in the body, by run. What belongs to a run that is not read any more, or to nobody here, is left out. */
    public List<Arrival> pages(Exchange batch) {
        Map<String, Long> first = new TreeMap<>();
        Map<String, Long> next = new TreeMap<>();
        Map<Named, List<Message>> byRun = new LinkedHashMap<>();
        int strange = 0;
        for (Exchange each : messages(batch)) {
            Message message = each.getMessage();
            first.putIfAbsent(place(message), offset(message));
            next.put(place(message), offset(message) + 1);
            String run = Headers.text(message, Headers.RUN);
            if (run == null || !run.matches("\\d{1,18}")) {
                strange++;
            } else {
                byRun.computeIfAbsent(Named.by(run, message), none -> new ArrayList<>())
                        .add(message);
            }
        }
        if (strange > 0) {
            LOG.warn(
                    "The topic holds messages that ticketbridge did not write; they are left alone. See ticketbridge.kafka.topic. messages={}",
                    strange);
        }
        arriving.begin(first);
        batch.setProperty(NEXT, next);
        List<Arrival> pages = new ArrayList<>();
        byRun.forEach((named, messages) -> {
            if (!arriving.isRead(named.run(), named.flow(), named.pass())) {
                leave(named, messages.size());
            } else if (isReadable(named.run(), messages)) {
                pages.add(arrival(named.run(), messages));
            }
        });
        return pages;
    }

    /** What is left over of a run that ended is no news; what this ledger never began may be another's, who misses it. */
    private void leave(Named named, int messages) {
        if (arriving.isKnown(named.run(), named.flow(), named.pass())
                || System.nanoTime() - toldAt < TOLD_EVERY.toNanos()) {
            return;
        }
        toldAt = System.nanoTime();
        LOG.warn(
                "The topic holds findings of a run that this ledger never had; they are left alone. If another ledger has the same"
                        + " ticketbridge.kafka.topic, each takes findings from the other: give it a topic of its own. What is left"
                        + " from before a ledger was put back from a back-up does no harm. run={} messages={}",
                named.run(),
                messages);
    }

    @SuppressWarnings("unchecked")
    private static List<Exchange> messages(Exchange batch) {
        return batch.getMessage().getBody(List.class);
    }

    /** A newer version may say things that this one would lose. */
    private boolean isReadable(long run, List<Message> messages) {
        String format = messages.stream()
                .map(message -> String.valueOf(Headers.text(message, Headers.FORMAT)))
                .filter(each -> !Headers.CURRENT_FORMAT.equals(each))
                .findFirst()
                .orElse(Headers.CURRENT_FORMAT);
        if (!format.equals(Headers.CURRENT_FORMAT)) {
            arriving.fail(run, Misfit.ofFormat(format, Headers.CURRENT_FORMAT));
        }
        return format.equals(Headers.CURRENT_FORMAT);
    }

    private static Arrival arrival(long run, List<Message> messages) {
        boolean baseline = Boolean.parseBoolean(Headers.text(messages.get(0), Headers.BASELINE));
        return new Arrival(
                run, baseline, messages.stream().map(TakenFindings::record).toList());
    }

    private static Arrival.Record record(Message message) {
        boolean isFinding = Headers.FINDING.equals(Headers.text(message, Headers.KIND));
        return new Arrival.Record(
                place(message),
                offset(message),
                RecordText.read(message.getBody(String.class), isFinding),
                Result.valueOf(Headers.text(message, Headers.BEFORE)));
    }

    /** Puts the findings of an arrival that are still to be written into the body; none where there are none. */
    public void open(Exchange exchange) {
        Arrival arrival = exchange.getMessage().getBody(Arrival.class);
        exchange.setProperty(ARRIVED, arrival);
        exchange.getMessage()
                .setBody(arriving.open(arrival)
                        .map(page -> {
                            steps.arrived(exchange, page);
                            return page.arrival().findings();
                        })
                        .orElse(List.of()));
    }

    /** All of the batch is in the ledger, or left alone for good. Kafka is told so that others need not look at it again. */
    @SuppressWarnings("unchecked")
    public void commit(Exchange batch) {
        arriving.passed(batch.getProperty(NEXT, Map.class));
        Trail.OF_RUNS.leave();
        acknowledge(messages(batch));
    }

    /** Camel would commit the partition of one message alone. */
    private static void acknowledge(List<Exchange> batch) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        DefaultKafkaManualCommit last = null;
        for (Exchange each : batch) {
            Message message = each.getMessage();
            last = message.getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
            next.put(last.getPartition(), new OffsetAndMetadata(last.getRecordOffset() + 1));
        }
        try {
            last.getCamelExchangePayload().consumer.commitSync(next, PATIENCE);
        } catch (KafkaException e) {
            // Another has the partition by now: it gets the same once more, and finds it in the ledger.
            LOG.debug("What was taken could not be acknowledged to Kafka; the ledger knows of it", e);
        }
    }

    public boolean waitsForLedger(Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return Outage.isCauseOf(error);
    }

    /** Whatever failed: what the failed page's run is known to have said was not said. */
    public void failed(Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        arriving.forget();
        if (Outage.isCauseOf(error)) {
            arriving.await(error);
        } else if (error instanceof TakenByAnother) {
            LOG.info("A page is left to the worker that was faster. cause=\"{}\"", error.getMessage());
        }
    }

    /** A page can't be written: its run fails as if it could not have been read. The batch comes again, without that run. */
    public void fail(Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Arrival arrival = exchange.getProperty(ARRIVED, Arrival.class);
        if (arrival != null && !(error instanceof RejectedExecutionException)) {
            arriving.fail(
                    arrival.run(), "A worker could not write what was read: " + masked.apply(Causes.sentence(error)));
        }
    }

    private static String place(Message message) {
        return message.getHeader(KafkaConstants.TOPIC, String.class) + "/"
                + message.getHeader(KafkaConstants.PARTITION, Integer.class);
    }

    private static long offset(Message message) {
        return message.getHeader(KafkaConstants.OFFSET, Long.class);
    }
}
