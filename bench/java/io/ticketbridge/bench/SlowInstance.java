package io.ticketbridge.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/**
 * The Table API's shapes in a process of its own: each write is answered with its record after a delay, counted by a timer, so that
 * waiting costs nothing. It keeps the last write as it came, for whoever wants to send the same. Ends when its input does.
 */
public final class SlowInstance {
    private final Vertx vertx;
    private long delay;
    private long writes;
    private JsonObject last = new JsonObject();

    private SlowInstance(Vertx vertx) {
        this.vertx = vertx;
    }

    public static void main(String[] arguments) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        SlowInstance instance = new SlowInstance(vertx);
        vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                .requestHandler(request -> request.body().onSuccess(body -> instance.answer(request, body)))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println(server.actualPort()))
                .onFailure(error -> System.exit(1));
        while (System.in.read() >= 0) {
            // Whoever started it is still there.
        }
        System.exit(0);
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String path = request.path();
        if (path.equals("/seen")) {
            say(request, 200, new JsonObject().put("writes", writes).put("last", last));
        } else if (path.equals("/delay")) {
            delay = Long.parseLong(request.getParam("ms"));
            say(request, 200, new JsonObject());
        } else if (path.equals("/oauth_token.do")) {
            say(request, 200, new JsonObject().put("access_token", "a-token").put("expires_in", 1799));
        } else if (request.method() == HttpMethod.GET) {
            say(request, 200, new JsonObject().put("result", new JsonArray()));
        } else {
            write(request, body);
        }
    }

    private void write(HttpServerRequest request, Buffer body) {
        writes++;
        JsonObject headers = new JsonObject();
        request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        last = new JsonObject()
                .put("method", request.method().name())
                .put("uri", request.uri())
                .put("headers", headers)
                .put("body", body.toString());
        JsonObject record = new JsonObject(body)
                .put("sys_id", String.format("%032x", writes))
                .put("number", String.format("INC%07d", writes))
                .put("state", "1")
                .put("active", "true")
                .put("opened_at", "2026-01-05 08:00:00")
                .put("sys_created_on", "2026-01-05 08:00:00")
                .put("sys_updated_on", "2026-01-05 08:00:00")
                .put("sys_mod_count", "0");
        JsonObject answer = new JsonObject().put("result", record);
        if (delay == 0) {
            say(request, 201, answer);
        } else {
            vertx.setTimer(delay, timer -> say(request, 201, answer));
        }
    }

    private static void say(HttpServerRequest request, int status, JsonObject answer) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json;charset=UTF-8")
                .end(answer.toBuffer());
    }
}
