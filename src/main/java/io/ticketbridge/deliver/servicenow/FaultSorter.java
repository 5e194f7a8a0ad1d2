package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.deliver.servicenow.Fault.Kind;
import jakarta.ws.rs.client.ResponseProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.RuntimeExchangeException;
import org.apache.camel.component.servicenow.ServiceNowException;

/** Sorts whatever the component throws. A pure function. */
public final class FaultSorter {
    private FaultSorter() {}

    /** The fault behind an exception of a {@code servicenow:} step or of {@link WholeAnswer}. */
    public static Fault sort(Throwable error, LastAnswer last, Instant now) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof CredentialsRefused) {
                return new Fault(Kind.CREDENTIALS_REFUSED, 0, Duration.ZERO, Sentence.of(cause.getMessage()));
            }
            if (cause instanceof TokenUnavailable token) {
                Kind kind = token.retryAfter().isZero() && token.status() != 429 ? Kind.NOT_SENT : Kind.RATE_LIMITED;
                return new Fault(kind, 0, token.retryAfter(), Sentence.of(token.getMessage()));
            }
            if (cause instanceof TruncatedAnswer) {
                return new Fault(Kind.TRUNCATED, last.status(), Duration.ZERO, Sentence.of(cause.getMessage()));
            }
            if (cause instanceof ServiceNowException said) {
                return answered(
                        said.getCode(), words(said), said.getCode() == last.status() ? last : LastAnswer.NONE, now);
            }
            if (cause instanceof ResponseProcessingException unread && unread.getResponse() != null) {
                int status = unread.getResponse().getStatus();
                UnaryOperator<String> header = unread.getResponse()::getHeaderString;
                return answered(
                        status, unreadable(header), last.status() == status ? last : LastAnswer.NONE, header, now);
            }
        }
        if (last.status() != 0) {
            return answered(last.status(), unreadable(last::header), last, now);
        }
        return unanswered(error);
    }

    private static Fault answered(int status, String words, LastAnswer last, Instant now) {
        return answered(status, words, last, last::header, now);
    }

    private static Fault answered(
            int status, String words, LastAnswer last, UnaryOperator<String> header, Instant now) {
        String message = Sentence.of("ServiceNow answered " + status, words);
        Duration wait = RetryWait.of(header, now);
        Kind kind = kind(status, words, last.worthRepeating(), !wait.isZero());
        return new Fault(kind, status, kind == Kind.REFUSED ? Duration.ZERO : wait, message);
    }

    private static Kind kind(int status, String words, boolean worthRepeating, boolean saysWhen) {
        return switch (status) {
            case 401 -> worthRepeating ? Kind.TOKEN_REFUSED : Kind.CREDENTIALS_REFUSED;
            case 404 -> words.regionMatches(true, 0, "No Record found", 0, 15) ? Kind.NOT_FOUND : Kind.REFUSED;
            case 408 -> Kind.AMBIGUOUS;
            case 429 -> Kind.RATE_LIMITED;
            case 503 -> saysWhen ? Kind.RATE_LIMITED : Kind.AMBIGUOUS;
            default -> status >= 400 && status < 500 ? Kind.REFUSED : Kind.AMBIGUOUS;
        };
    }

    private static Fault unanswered(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (Unsent.proves(cause)) {
                return new Fault(
                        Kind.NOT_SENT, 0, Duration.ZERO, "ServiceNow was not reached: " + Unsent.reason(cause));
            }
        }
        if (error instanceof IllegalArgumentException
                || error instanceof CamelExchangeException
                || error instanceof RuntimeExchangeException) {
            String message = Sentence.of("The request was not sent", error.getMessage());
            return new Fault(Kind.REFUSED, 0, Duration.ZERO, message);
        }
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return new Fault(
                Kind.AMBIGUOUS,
                0,
                Duration.ZERO,
                "ServiceNow's answer did not arrive (" + root.getClass().getSimpleName() + ")");
    }

    private static String words(ServiceNowException said) {
        if (said.getAttributes().isEmpty()) {
            return Sentence.of(said.getMessage(), said.getDetail());
        }
        Object error = said.getAttributes().get("error");
        if (error instanceof Map<?, ?> parts) {
            return Sentence.of(text(parts.get("message")), text(parts.get("detail")));
        }
        return Sentence.of(text(error));
    }

    private static String unreadable(UnaryOperator<String> header) {
        String type = header.apply("Content-Type");
        return type == null ? "nothing that can be read" : Sentence.of("a body that can't be read", type);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
