package io.ticketbridge.fault;

import io.ticketbridge.finding.PlainText;
import jakarta.ws.rs.ProcessingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Says in one line what went wrong: the cause that a person can act on, without wrappers and stack traces. */
public final class Causes {
    private static final int LONGEST = 500;

    private Causes() {}

    public static String sentence(Throwable error) {
        if (error == null) {
            return "unknown";
        }
        Throwable cause = error;
        while ((cause instanceof RuntimeCamelException
                        || cause instanceof CamelExchangeException
                        || cause instanceof ProcessingException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof HttpOperationFailedException http) {
            return line(http.getUri().replaceAll("\\?.*", "") + " answered " + http.getStatusCode() + trace(http) + ": "
                    + Objects.requireNonNullElse(http.getResponseBody(), "no body") + hint(http.getStatusCode()));
        }
        if (cause instanceof ServiceNowException said) {
            return line("ServiceNow answered " + said.getCode() + ": " + said.getMessage()
                    + hintOfServiceNow(said.getCode(), String.valueOf(said.getMessage())));
        }
        if (cause instanceof java.net.ConnectException || cause instanceof java.net.UnknownHostException) {
            return line("can't connect: " + cause.getMessage()
                    + "; check the url in the settings and the network: `check`" + " says what is in the way");
        }
        Optional<TlsFault> tls = TlsFault.of(cause);
        if (tls.isPresent()) {
            return line("no TLS connection: " + tls.get().words() + " (" + cause.getMessage() + "); "
                    + tls.get().cure("the url in the settings", Causes::keyOfAnySystem));
        }
        if (cause instanceof FileSystemException file && file.getReason() == null) {
            return line(file.getFile() + ": " + reason(file));
        }
        String message = cause.getMessage();
        return line(message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }

    private static String keyOfAnySystem(String leaf) {
        return "ticketbridge.network." + leaf + " (or ." + leaf + " of the system alone)";
    }

    /** Its message is the path alone. */
    private static String reason(FileSystemException file) {
        if (file instanceof AccessDeniedException) {
            return "access denied; give this user the right to it";
        }
        return file instanceof NoSuchFileException
                ? "no such file or folder"
                : file.getClass().getSimpleName().replace("Exception", "");
    }

    /** By it the support of Vision One finds the request; empty where there is none. */
    private static String trace(HttpOperationFailedException http) {
        return http.getResponseHeaders() == null
                ? ""
                : http.getResponseHeaders().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("x-trace-id"))
                        .map(header -> " (x-trace-id " + header.getValue() + ")")
                        .findFirst()
                        .orElse("");
    }

    /** What the other system answered, status and body; null if there was no answer. */
    public static String answer(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpOperationFailedException http) {
                return http.getStatusCode() + " " + Objects.requireNonNullElse(http.getResponseBody(), "");
            }
            if (cause instanceof ServiceNowException said) {
                return said.getCode() + " " + said.getMessage()
                        + (said.getDetail() == null ? "" : ": " + said.getDetail());
            }
        }
        return null;
    }

    private static String hint(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                "; it sends elsewhere, which is not followed: set the url in the settings to where it answers itself";
            case 401 -> "; check the token or key in the settings: wrong, disabled or expired";
            case 403 -> "; give the key's role the right to do this";
            case 407 ->
                "; the proxy on the way wants other credentials: check proxy-user and proxy-password in the settings";
            case 404 -> "; it is gone, or the url in the settings is wrong";
            default -> "";
        };
    }

    private static String hintOfServiceNow(int status, String words) {
        return switch (status) {
            case 400 ->
                words.startsWith("Invalid table")
                        ? "; check the profile's table (ticketbridge.profile.NAME.table)"
                        : "";
            case 401 ->
                "; check what ticketbridge.servicenow.auth needs: ticketbridge.servicenow.user and .password,"
                        + " .client-id and .client-secret, or .api-key";
            case 403 -> "; give the integration's user the roles for its tables";
            case 404 -> "; check the profile's table and ticketbridge.servicenow.url";
            default -> "";
        };
    }

    private static String line(String text) {
        return PlainText.cut(PlainText.oneLine(text), LONGEST);
    }
}
