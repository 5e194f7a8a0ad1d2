package io.ticketbridge.sandbox.workloadprotection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.sandbox.http.Answer;
import io.ticketbridge.sandbox.http.Handler;
import io.ticketbridge.sandbox.http.Request;
import io.ticketbridge.sandbox.iam.IamTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers IAM and the posture API. */
final class PostureRoutes implements Handler {
    private static final String API = "/api/cspm/v1/";
    private static final int DEFAULT_PAGE = 10;
    private static final int LARGEST_PAGE = 50;
    private static final Pattern LIST = Pattern.compile("policyId=(\\S+) and zones\\.id=(\\S+)");

    private final String instanceId;
    private final String token;
    private final Posture posture;
    private final IamTokens tokens;
    private final RequirementJson requirements;
    private final Clock clock;

    PostureRoutes(String instanceId, String token, Posture posture, IamTokens tokens, Clock clock) {
        this.instanceId = instanceId;
        this.token = token;
        this.posture = posture;
        this.tokens = tokens;
        this.requirements = new RequirementJson(posture);
        this.clock = clock;
    }

    @Override
    public Answer handle(Request request) {
        if (request.path().equals(IamTokens.PATH)) {
            return tokens.issue(request);
        }
        boolean ofSysdig = request.header("Authorization").orElse("").equals("Bearer " + token);
        if (!ofSysdig && !tokens.accepts(request)) {
            return error(401, "no credentials in request");
        }
        if (!ofSysdig && !request.header("IBMInstanceID").orElse("").equals(instanceId)) {
            return error(403, "the instance in IBMInstanceID is not known here");
        }
        try {
            return route(request);
        } catch (IllegalArgumentException e) {
            return error(400, e.getMessage());
        }
    }

    private Answer route(Request request) {
        if (!request.method().equals("GET") || !request.path().startsWith(API)) {
            return error(404, "endpoint not found");
        }
        return switch (request.path().substring(API.length())) {
            case "compliance/requirements" -> requirements(request);
            case "cloud/resources", "clusteranalysis/resources" -> resources(request);
            default -> error(404, "endpoint not found");
        };
    }

    private Answer requirements(Request request) {
        List<ObjectNode> found =
                requirements.all(new RequirementFilter(request.query("filter").orElse("")), clock.instant());
        // As text here, and as a number with resources.
        return page(request, found, JsonNodeFactory.instance.objectNode().put("totalCount", "" + found.size()));
    }

    private Answer resources(Request request) {
        Catalogue.Control control = posture.catalogue()
                .control(request.query("controlId")
                        .orElseThrow(() -> new IllegalArgumentException("controlId parameter is required")));
        Matcher list = LIST.matcher(request.query("filter").orElse(""));
        if (!list.matches()) {
            throw new IllegalArgumentException("Invalid filter");
        }
        Catalogue.Zone zone = posture.catalogue().zone(list.group(2));
        Instant now = clock.instant();
        List<ObjectNode> found = posture.in(control, zone).stream()
                .map(checked -> ResourceJson.of(checked, zone, now))
                .toList();
        return page(request, found, JsonNodeFactory.instance.objectNode().put("totalCount", found.size()));
    }

    private static Answer page(Request request, List<ObjectNode> found, ObjectNode page) {
        int size = number(request, "pageSize", DEFAULT_PAGE);
        int number = number(request, "pageNumber", 1);
        if (size < 1 || size > LARGEST_PAGE || number < 1) {
            throw new IllegalArgumentException("pageSize must be 1 to " + LARGEST_PAGE + ", pageNumber from 1");
        }
        ArrayNode data = page.putArray("data");
        found.stream().skip((number - 1L) * size).limit(size).forEach(data::add);
        return Answer.json(200, page);
    }

    private static int number(Request request, String name, int usual) {
        try {
            return request.query(name).map(Integer::parseInt).orElse(usual);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is not a number", e);
        }
    }

    static Answer error(int status, String message) {
        return Answer.json(status, JsonNodeFactory.instance.objectNode().put("message", message));
    }
}
