package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.deliver.servicenow.Fault.Kind;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.fault.PassingStatus;
import io.ticketbridge.ledger.budget.BudgetSpent;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ResponseProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.RuntimeExchangeException;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.util.ObjectHelper;

/** Sorts whatever the component throws. A pure function. */
public final class FaultSorter {
    static final int OF_PROXY = 407;
    static final String WANTED_BY_PROXY = "the proxy on the way to ServiceNow wants other credentials (407): check"
            + " ticketbridge.servicenow.proxy-user and .proxy-password (or ticketbridge.network.proxy-user and"
            + " .proxy-password for all systems)";
    private static final String COMPONENT = ServiceNowException.class.getPackageName() + ".";

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
            if (cause instanceof BudgetSpent spent) {
                Duration wait = Duration.between(now, spent.until());
                return new Fault(Kind.RATE_LIMITED, 0, wait.isNegative() ? Duration.ZERO : wait, spent.getMessage());
            }
            if (cause instanceof TruncatedAnswer) {
                return new Fault(Kind.TRUNCATED, last.status(), Duration.ZERO, Sentence.of(cause.getMessage()));
            }
            if (cause instanceof ServiceNowException said) {
                return answered(
                        said.getCode(), words(said), last.status() == said.getCode() ? last : LastAnswer.NONE, now);
            }
            if (cause instanceof ResponseProcessingException unread && unread.getResponse() != null) {
                LastAnswer answer =
                        last.status() == unread.getResponse().getStatus() ? last : noted(unread.getResponse());
                return answered(answer.status(), unreadable(answer, error), answer, now);
            }
        }
        if (last.status() != 0 && isOfCall(error)) {
            return answered(last.status(), unreadable(last, error), last, now);
        }
        return unanswered(error);
    }

    /** Whether the component threw it. Only then it is about the last answer of this thread, which may be one to another ticket. */
    private static boolean isOfCall(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProcessingException
                    || isOfComponent(cause)
                    // Java leaves the trace out of what it has thrown very often.
                    || cause instanceof NullPointerException && cause.getStackTrace().length == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfComponent(Throwable cause) {
        return Stream.of(cause.getStackTrace())
                .anyMatch(call -> call.getClassName().startsWith(COMPONENT)
                        || call.getClassName().equals(WholeAnswer.class.getName()));
    }

    private static Fault answered(int status, String words, LastAnswer last, Instant now) {
        String message = status == OF_PROXY ? WANTED_BY_PROXY : Sentence.of("ServiceNow answered " + status, words);
        Duration wait = RetryWait.of(last::header, now);
        Kind kind = kind(status, words, last.worthRepeating(), !wait.isZero());
        return new Fault(kind, status, kind == Kind.REFUSED ? Duration.ZERO : wait, message);
    }

    private static Kind kind(int status, String words, boolean worthRepeating, boolean saysWhen) {
        return switch (status) {
            case 401 -> worthRepeating ? Kind.TOKEN_REFUSED : Kind.CREDENTIALS_REFUSED;
            case 404 -> words.regionMatches(true, 0, "No Record found", 0, 15) ? Kind.NOT_FOUND : Kind.REFUSED;
            // It did not even pass the proxy.
            case OF_PROXY -> Kind.NOT_SENT;
            case 429 -> Kind.RATE_LIMITED;
            case 503 -> saysWhen ? Kind.RATE_LIMITED : Kind.AMBIGUOUS;
            default -> status / 100 == 4 && !PassingStatus.is(status) ? Kind.REFUSED : Kind.AMBIGUOUS;
        };
    }

    private static Fault unanswered(Throwable error) {
        String unsent = Unsent.reason(error, "ticketbridge.servicenow.url");
        if (unsent != null) {
            return new Fault(Kind.NOT_SENT, 0, Duration.ZERO, "ServiceNow was not reached: " + unsent);
        }
        String unfit = unfit(error);
        if (unfit != null) {
            return new Fault(Kind.REFUSED, 0, Duration.ZERO, Sentence.of("The request was not sent", unfit));
        }
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return new Fault(
                Kind.AMBIGUOUS,
                0,
                Duration.ZERO,
                isOfCall(error)
                        ? "ServiceNow's answer did not arrive ("
                                + root.getClass().getSimpleName() + ")"
                        : Sentence.of(
                                "An error that is not ServiceNow's", Causes.sentence(error), Causes.sentence(root)));
    }

    /** What was wrong with a request that was not even tried; null if it was tried. */
    private static String unfit(Throwable error) {
        String said = null;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return null;
            }
            if (cause instanceof IllegalArgumentException
                    || cause instanceof CamelExchangeException
                    || cause instanceof RuntimeExchangeException) {
                said = cause.getMessage();
            }
        }
        return said;
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

    private static LastAnswer noted(Response response) {
        Map<String, String> headers = new HashMap<>();
        response.getHeaders().keySet().forEach(name -> headers.put(name, response.getHeaderString(name)));
        return new LastAnswer(response.getStatus(), headers, false);
    }

    private static String unreadable(LastAnswer answer, Throwable error) {
        if (ObjectHelper.getException(SocketTimeoutException.class, error) != null) {
            return "its body did not end within ticketbridge.servicenow.request-timeout";
        }
        String type = answer.header("Content-Type");
        return type == null ? "nothing that can be read" : Sentence.of("a body that can't be read", type);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
