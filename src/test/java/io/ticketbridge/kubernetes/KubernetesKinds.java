package io.ticketbridge.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Kubernetes' own kinds as the API of {@link #VERSION} has them: a field that it does not know, one that is missing and a value of
 * the wrong type are faults, at any depth.
 */
final class KubernetesKinds {
    /** What version 24 of the client is made from. */
    static final String VERSION = "1.33";

    /** The whole document against the model: fields that are unknown or missing. */
    private interface Fields {
        void check(JsonElement document) throws IOException;
    }

    private record Model(Class<?> type, Fields fields) {}

    private static final Map<String, Model> MODELS = Map.of(
            "v1 ConfigMap", new Model(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
            "v1 Secret", new Model(V1Secret.class, V1Secret::validateJsonElement),
            "v1 Service", new Model(V1Service.class, V1Service::validateJsonElement),
            "v1 ServiceAccount", new Model(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
            "apps/v1 Deployment", new Model(V1Deployment.class, V1Deployment::validateJsonElement),
            "policy/v1 PodDisruptionBudget",
                    new Model(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement),
            "networking.k8s.io/v1 NetworkPolicy",
                    new Model(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement));

    private static final Gson TYPES = new GsonBuilder()
            .registerTypeAdapter(String.class, only(JsonToken.STRING, JsonReader::nextString))
            .registerTypeAdapter(Integer.class, only(JsonToken.NUMBER, JsonReader::nextInt))
            .registerTypeAdapter(Long.class, only(JsonToken.NUMBER, JsonReader::nextLong))
            .registerTypeAdapter(Boolean.class, only(JsonToken.BOOLEAN, JsonReader::nextBoolean))
            .registerTypeAdapter(byte[].class, only(JsonToken.STRING, in -> Base64.getDecoder()
                    .decode(in.nextString())))
            .registerTypeAdapter(
                    OffsetDateTime.class, only(JsonToken.STRING, in -> OffsetDateTime.parse(in.nextString())))
            .create();

    private KubernetesKinds() {}

    static List<String> faults(JsonNode document) {
        String kind = document.path("apiVersion").asText() + " " + Manifests.kind(document);
        Model model = MODELS.get(kind);
        if (model == null) {
            return List.of(kind + " is unknown here");
        }
        try {
            JsonElement json = JsonParser.parseString(document.toString());
            model.fields().check(json);
            TYPES.fromJson(json, model.type());
            return List.of();
        } catch (IOException | RuntimeException e) {
            return List.of(kind + " " + Manifests.name(document) + ": " + e.getMessage());
        }
    }

    private interface Reading<T> {
        T from(JsonReader in) throws IOException;
    }

    /** Gson would take "3" for a number and 3 for a text; the API server does not. To both null is as good as nothing. */
    private static <T> TypeAdapter<T> only(JsonToken token, Reading<T> reading) {
        return new TypeAdapter<T>() {
            @Override
            public T read(JsonReader in) throws IOException {
                if (in.peek() != token) {
                    throw new IOException("must be a " + token + " at " + in.getPath() + ", was " + in.peek());
                }
                return reading.from(in);
            }

            @Override
            public void write(JsonWriter out, T value) {
                throw new UnsupportedOperationException();
            }
        }.nullSafe();
    }
}
