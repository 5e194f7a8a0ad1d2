package io.ticketbridge.kafka;

import io.ticketbridge.config.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.InterruptException;

/** How brokers are reached, for every client of theirs: no route has to name a credential. */
public final class Brokers implements KafkaClientFactory {
    /** Longer than a broker takes to come back after a crash. */
    private static final int SEND_MILLIS = 90_000;

    private static final int ASK_MILLIS = 10_000;

    private final KafkaSettings settings;
    private final Optional<SSLContext> tls;

    /** @param tls empty where the JVM's own will do */
    public Brokers(KafkaSettings settings, Optional<SSLContext> tls) {
        this.settings = settings;
        this.tls = tls;
    }

    @Override
    public Producer<?, ?> getProducer(Properties properties) {
        properties.putAll(common());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ASK_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SEND_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ASK_MILLIS);
        // One after the other: a partition that is new may refuse the first request and take the second; the first
        // would be out of
        // order for ever.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new FailingAtOnce<>(properties);
    }

    /** Where no broker answers, each record of a page would wait for one before the first is looked at. */
    private static final class FailingAtOnce<K, V> extends KafkaProducer<K, V> {
        private FailingAtOnce(Properties properties) {
            super(properties);
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<K, V> message, Callback callback) {
            Future<RecordMetadata> sent = super.send(message, callback);
            if (sent.isDone()) {
                try {
                    sent.get();
                } catch (ExecutionException e) {
                    throw new KafkaException(e.getCause());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptException(e);
                }
            }
            return sent;
        }
    }

    @Override
    public Consumer<?, ?> getConsumer(Properties properties) {
        properties.putAll(common());
        // Whoever publishes makes the topic, as the settings say.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000);
        return new KafkaConsumer<>(properties);
    }

    Admin admin() {
        Map<String, Object> properties = common();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ASK_MILLIS / 2);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ASK_MILLIS);
        return Admin.create(properties);
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return String.join(",", settings.brokers());
    }

    KafkaSettings settings() {
        return settings;
    }

    private Map<String, Object> common() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, getBrokers(null));
        properties.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                settings.security().name());
        if (settings.security().encrypts()) {
            properties.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslEngines.class);
            properties.put(SslEngines.CONTEXT, tls.orElseGet(SslEngines::usual));
            if (!settings.network().tlsVerify()) {
                properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
            }
        }
        if (settings.security().signsIn()) {
            properties.put(SaslConfigs.SASL_MECHANISM, settings.signIn().mechanism());
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas());
        }
        return properties;
    }

    private String jaas() {
        String module = settings.signIn().mechanism().equals("PLAIN") ? "plain.Plain" : "scram.Scram";
        return "org.apache.kafka.common.security." + module + "LoginModule required username=\""
                + escaped(settings.user()) + "\" password=\""
                + escaped(settings.password().reveal()) + "\";";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
