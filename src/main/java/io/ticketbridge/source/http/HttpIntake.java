package io.ticketbridge.source.http;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.fault.FailedLogins;
import io.ticketbridge.ledger.database.Outage;
import io.ticketbridge.ledger.intake.IntakeListener;
import io.ticketbridge.ledger.intake.Intakes;
import io.ticketbridge.ledger.intake.Intakes.Taken;
import io.vertx.core.http.HttpServerRequest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a request to {@code /intake}, as the route calls them. Safe for threads. */
public final class HttpIntake {
    private static final Logger LOG = LoggerFactory.getLogger(HttpIntake.class);
    private static final String REQUEST = "intakeRequest";
    private static final String SIGNATURE = "X-Hub-Signature-256";

    private final Map<String, FlowSettings> flows = new TreeMap<>();
    private final Receiver receiver;
    private final long most;
    private final Intakes intakes;
    private final FailedLogins failed;
    /** At flows that are not there: of those there may be any number, which must not push out what is known of the others. */
    private final FailedLogins failedElsewhere;

    private final IntakeListener listener;
    private final UnaryOperator<String> masked;

    /** @param masked takes secrets out of a text before it is logged (P37) */
    public HttpIntake(
            Settings settings, Intakes intakes, IntakeListener listener, UnaryOperator<String> masked, Clock clock) {
        settings.flows().values().stream()
                .filter(flow -> flow.enabled() && flow.isSent())
                .forEach(flow -> flows.put(flow.name(), flow));
        this.most = settings.http().intakeMaxSize();
        this.receiver = new Receiver(most);
        this.intakes = intakes;
        this.failed = new FailedLogins(clock);
        this.failedElsewhere = new FailedLogins(clock);
        this.listener = listener;
        this.masked = masked;
    }

    /**
     * Lets in who shows the token, or a signature that is yet to be compared with the body. Leaves what is asked on the exchange,
     * and in {@code rateOf} whose requests are counted together: a flow's, or of one who has proven nothing yet, its address's.
     */
    public void admit(Exchange exchange) {
        HttpServerRequest http = exchange.getMessage(HttpMessage.class).getRequest();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                Unread.discard(http);
            }
        });
        IntakeRequest request = IntakeRequest.of(http);
        exchange.setProperty(REQUEST, request);
        exchange.setProperty("flow", request.flow());
        exchange.setProperty("isQuestion", request.isQuestion());
        if (request.statedLength() > most) {
            throw IntakeRefusal.tooLarge(most);
        }
        String authorization = request.header("Authorization");
        String signature = request.header(SIGNATURE);
        requireNoWait(request, !authorization.isEmpty() || !signature.isEmpty());
        SenderCredential credential = SenderCredential.of(flows.get(request.flow()));
        if (credential.isToken(authorization)) {
            failed.forget(sender(request));
            exchange.setProperty("rateOf", request.flow());
        } else if (!SenderCredential.isSignature(signature)) {
            refuseSender(request, !authorization.isEmpty() || !signature.isEmpty());
        } else {
            exchange.setProperty("isSigned", true);
            // Not by the flow that it names, of which there may be any number.
            exchange.setProperty("rateOf", request.address());
        }
    }

    private void requireNoWait(IntakeRequest request, boolean shows) {
        long wait = failed(request).secondsToWait(sender(request));
        if (shows && wait > 0) {
            throw new IntakeRefusal(
                    429,
                    "credential",
                    "Too many wrong credentials. Try again in " + wait + " seconds.",
                    Map.of("Retry-After", String.valueOf(wait)));
        }
    }

    private void refuseSender(IntakeRequest request, boolean shows) {
        if (shows) {
            failed(request).add(sender(request));
        }
        throw IntakeRefusal.unknownSender();
    }

    private FailedLogins failed(IntakeRequest request) {
        return flows.containsKey(request.flow()) ? failed : failedElsewhere;
    }

    /** One who guesses at one flow keeps nobody at the same address from another. */
    private static String sender(IntakeRequest request) {
        return request.flow() + " " + request.address();
    }

    /** Takes the body into a temporary file, which is gone with the request; who signed it wrong is not let in. */
    public Received receive(Exchange exchange) throws IOException {
        IntakeRequest request = exchange.getProperty(REQUEST, IntakeRequest.class);
        boolean proven = isProven(exchange);
        if (!receiver.enter(proven)) {
            throw IntakeRefusal.later(5, "busy", "Too many bodies arrive at once. Send it again a little later.");
        }
        try {
            Path file = Files.createTempFile("ticketbridge-intake", null);
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    delete(file);
                }
            });
            if (request.header("Expect").equalsIgnoreCase("100-continue")) {
                request.http().response().writeContinue();
            }
            Mac signed = SenderCredential.of(flows.get(request.flow())).mac();
            signed.update(request.signedAhead());
            Received received =
                    receiver.receive(new ArrivingBody(request.http(), Receiver.PAUSE, Receiver.WHOLE), file, signed);
            requireSignature(exchange, request, signed);
            return received;
        } finally {
            receiver.leave(proven);
        }
    }

    /** Of one who signs nobody knows who it is before the whole body is there. */
    private static boolean isProven(Exchange exchange) {
        return !exchange.getProperty("isSigned", false, Boolean.class);
    }

    private void requireSignature(Exchange exchange, IntakeRequest request, Mac signed) {
        if (isProven(exchange)) {
            return;
        }
        if (!SenderCredential.isRight(request.header(SIGNATURE), signed)) {
            refuseSender(request, true);
        }
        failed.forget(sender(request));
    }

    /** Keeps the body in the ledger, and only then says so (P1). */
    public void keep(Exchange exchange) {
        IntakeRequest request = exchange.getProperty(REQUEST, IntakeRequest.class);
        Received received = exchange.getMessage().getBody(Received.class);
        Taken taken = intakes.keep(
                new Intakes.Sent(
                        request.flow(),
                        received.digest(),
                        request.complete() && flows.get(request.flow()).complete(),
                        request.again(),
                        received.size(),
                        received.packed()),
                () -> new FileInputStream(received.file()));
        listener.taken(request.flow(), taken.repeated() ? "repeated" : "accepted");
        if (!taken.repeated()) {
            LOG.info("Findings were sent. flow={} id={} bytes={}", request.flow(), taken.id(), received.size());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", taken.id().toString());
        body.put("status", taken.repeated() ? "repeated" : "accepted");
        IntakeAnswer.of(taken.repeated() ? 200 : 202, body)
                .with("Location", "/intake/" + request.flow() + "/" + taken.id())
                .writeTo(exchange.getMessage());
    }

    /** Says what became of what was sent. Without a body the signature is that of the path. */
    public void tell(Exchange exchange) {
        IntakeRequest request = exchange.getProperty(REQUEST, IntakeRequest.class);
        Mac signed = SenderCredential.of(flows.get(request.flow())).mac();
        signed.update(request.http().path().getBytes(StandardCharsets.UTF_8));
        requireSignature(exchange, request, signed);
        intakes.find(request.flow(), request.id())
                .map(IntakeAnswer::of)
                .orElseThrow(() -> new IntakeRefusal(404, "id", "Nothing of that id was sent to this flow."))
                .writeTo(exchange.getMessage());
    }

    /** Answers with the status that the route gives to what failed. */
    public void refuse(Exchange exchange, int status, String reason, String detail) {
        answer(exchange, new IntakeRefusal(status, reason, detail));
    }

    /** Answers what failed: a refusal with its own status; a ledger or disk that can't be used with a wish to come again. */
    public void fail(Exchange exchange) {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (error instanceof IntakeRefusal refusal) {
            if (refusal.isBroken() && isProven(exchange)) {
                LOG.info(
                        "A sender hung up before its body was whole; nothing of it is kept. flow={}",
                        known(exchange).orElse("unknown"));
            }
            answer(exchange, refusal);
            return;
        }
        boolean passes =
                Outage.isCauseOf(error) || error instanceof IOException || error instanceof UncheckedIOException;
        LOG.error(
                "What was sent can't be taken; nothing of it is kept, and its sender is told so. flow={} cause=\"{}\"",
                known(exchange).orElse("unknown"),
                masked.apply(Causes.sentence(error)));
        answer(
                exchange,
                passes
                        ? IntakeRefusal.later(30, "ledger", "It can't be kept right now. Send it again later.")
                        : new IntakeRefusal(500, "error", "Something failed; the log says what. Nothing was kept."));
    }

    private void answer(Exchange exchange, IntakeRefusal refusal) {
        listener.refused(known(exchange).orElse("unknown"), refusal.reason());
        Map<String, String> headers = new LinkedHashMap<>(refusal.headers());
        if (refusal.status() == 429) {
            headers.putIfAbsent("Retry-After", "15");
        }
        IntakeAnswer.problem(refusal.status(), refusal.getMessage(), headers).writeTo(exchange.getMessage());
    }

    private Optional<String> known(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty("flow", String.class)).filter(flows::containsKey);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("A temporary file can't be deleted. file={} cause=\"{}\"", file, e.getMessage());
        }
    }
}
