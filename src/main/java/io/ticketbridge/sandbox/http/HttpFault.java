package io.ticketbridge.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** Something that goes wrong with one request: instead of the simulator, around it, or after it. */
@FunctionalInterface
public interface HttpFault {
    Answer apply(Request request, Handler simulator) throws IOException;

    /** What {@link HttpFaults#drawn()} counts it by. */
    default String name() {
        return "fault";
    }

    default HttpFault named(String name) {
        HttpFault fault = this;
        return new HttpFault() {
            @Override
            public Answer apply(Request request, Handler simulator) throws IOException {
                return fault.apply(request, simulator);
            }

            @Override
            public String name() {
                return name;
            }
        };
    }

    /** Answers this and does nothing. */
    static HttpFault answer(Answer answer) {
        return (request, simulator) -> answer;
    }

    /** A proxy's error page where JSON was expected. */
    static HttpFault htmlPage(int status) {
        return answer(Answer.text(
                status,
                "text/html; charset=utf-8",
                "<html><head><title>" + status
                        + "</title></head><body><h1>The service is not available</h1></body></html>"));
    }

    /** Closes the connection before anything is done. Many clients repeat a GET at once and without a word. */
    static HttpFault refused() {
        return answer(Answer.empty(0).delivered(Answer.Delivery.NOTHING));
    }

    /** Does what was asked, then closes the connection without an answer: the client cannot know. */
    static HttpFault lostAnswer() {
        return (request, simulator) -> simulator.handle(request).delivered(Answer.Delivery.NOTHING);
    }

    /** Does what was asked, sends half of the answer and closes the connection. */
    static HttpFault cutHalfWay() {
        return (request, simulator) -> simulator.handle(request).delivered(Answer.Delivery.HALF);
    }

    /** Does what was asked, and sends the first half of the body as if it were all: JSON that does not end. */
    static HttpFault brokenJson() {
        return (request, simulator) -> {
            Answer answer = simulator.handle(request);
            return answer.withBody(Arrays.copyOf(answer.body(), answer.body().length / 2));
        };
    }

    /** Does what was asked; the body of the answer trickles in over half a second. */
    static HttpFault slowBody() {
        return (request, simulator) -> simulator.handle(request).delivered(Answer.Delivery.IN_DRIPS);
    }

    /** Waits, then goes on with the other fault. */
    static HttpFault slow(Duration wait, HttpFault then) {
        return (request, simulator) -> {
            pause(wait);
            return then.apply(request, simulator);
        };
    }

    /** Waits, then does what was asked. */
    static HttpFault slow(Duration wait) {
        return slow(wait, (request, simulator) -> simulator.handle(request));
    }

    /** Does what was asked, then changes the JSON object that it answers; other answers pass as they are. */
    static HttpFault rewritten(Consumer<ObjectNode> change) {
        ObjectMapper mapper = new ObjectMapper();
        return (request, simulator) -> {
            Answer answer = simulator.handle(request);
            if (answer.status() != 200) {
                return answer;
            }
            JsonNode body = mapper.readTree(answer.body());
            if (!(body instanceof ObjectNode object)) {
                return answer;
            }
            change.accept(object);
            return answer.withBody(object.toString().getBytes(StandardCharsets.UTF_8));
        };
    }

    private static void pause(Duration wait) throws InterruptedIOException {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The simulator was stopped while it waited");
        }
    }
}
