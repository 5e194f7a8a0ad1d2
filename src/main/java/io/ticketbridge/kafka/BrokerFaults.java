package io.ticketbridge.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Says of what Kafka's client failed with what to do about it. */
final class BrokerFaults {
    /** What whoever publishes and takes findings needs. */
    static final String RIGHTS = "Write, Read and Describe on the topic and Read on the group ticketbridge.kafka.group;"
            + " Create on the topic, too, if it is to be made";

    private BrokerFaults() {}

    static String sentence(Throwable error) {
        Throwable cause = innermost(error);
        String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        if (cause instanceof UnsupportedSaslMechanismException) {
            return said + "; set ticketbridge.kafka.sign-in to what the brokers offer";
        }
        if (cause instanceof SaslAuthenticationException) {
            return said + "; check ticketbridge.kafka.user, .password and .sign-in";
        }
        if (cause instanceof SslAuthenticationException) {
            return said + "; check ticketbridge.kafka.ca-file and .client-certificate";
        }
        if (cause instanceof AuthorizationException) {
            return said + "; give the user of ticketbridge " + RIGHTS;
        }
        if (cause instanceof RecordTooLargeException) {
            return said + "; let the topic's max.message.bytes be 1048588 or more";
        }
        if (cause instanceof ConfigException) {
            return said + "; check ticketbridge.kafka.brokers";
        }
        if (cause instanceof TimeoutException) {
            return "no broker answered in time (" + said
                    + "); check ticketbridge.kafka.brokers and .security, and that the brokers run and may be reached; a topic"
                    + " that was deleted is made by the next pass";
        }
        return said;
    }

    private static Throwable innermost(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException
                        || cause.getClass().equals(KafkaException.class)
                        || !(cause instanceof KafkaException))) {
            cause = cause.getCause();
        }
        return cause;
    }
}
