package io.kagimori.activation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;

import io.kagimori.contracts.table.DeviceTable;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tables of devices in and out over REST, on a real broker and a real database. */
@QuarkusTest
@TestProfile(ServiceTest.SmallSweeps.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "activation"))
class ImportExportTest extends ServiceTest {

  private ValidatableResponse imported(String query, String table) {
    return given()
        .contentType("text/csv")
        .body(table.getBytes(StandardCharsets.UTF_8))
        .post(API + "/imports/devices" + query)
        .then();
  }

  @Test
  @DisplayName("A table becomes reports; its bad row is named and the others are imported")
  void roundTrip() {
    String table =
        """
        Computer,site,licenseName,channel,partialKey,licenseStatus
        RUNa,osakaRUN,"Windows(R), ServerStandard edition",VOLUME_MAK,AB2CD,1
        RUNb,osakaRUN,,,,9
        """
            .replace("RUN", run);
    imported("?map=Computer=deviceId", "\uFEFF" + table)
        .statusCode(202)
        .body("published", equalTo(1))
        .body("errors.line", contains(3))
        .body("errors.column", contains("licenseStatus"));

    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/devices/" + name("a"))
                    .then()
                    .statusCode(200)
                    .body("site", equalTo("osaka" + run))
                    .body("licenseStatus", equalTo(1))
                    .body("licenses", hasSize(1)));
    byte[] exported =
        given()
            .get(API + "/exports/devices?bom=true&site=osaka" + run)
            .then()
            .statusCode(200)
            .contentType(containsString("text/csv"))
            .extract()
            .asByteArray();
    DeviceTable.Reading again = new DeviceTable(Map.of(), today).read(exported);
    assertThat(again.errors()).isEmpty();
    assertThat(again.reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.deviceId()).isEqualTo(name("a"));
              assertThat(report.licenses().get(0).partialKey()).isEqualTo("AB2CD");
            });
  }

  @Test
  @DisplayName("S1-28 bulk status: a scan of n devices gives n rows with state, key and age")
  void scan() {
    int devices = 37;
    String rows =
        IntStream.range(0, devices)
            .mapToObj(
                i ->
                    "%spc-%02d,scan%s,\"Windows(R), ServerStandard edition\",VOLUME_MAK,AB2CD,%d%n"
                        .formatted(run, i, run, i % 2))
            .collect(Collectors.joining());
    imported("", "deviceId,site,licenseName,channel,partialKey,licenseStatus\n" + rows)
        .statusCode(202)
        .body("published", equalTo(devices));

    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .queryParam("site", "scan" + run)
                    .queryParam("limit", 1000)
                    .get(API + "/devices")
                    .then()
                    .body("items", hasSize(devices))
                    .body("items.licenseStatus.unique()", containsInAnyOrder(0, 1))
                    .body("items.channel.unique()", contains("MAK"))
                    .body("items.partialKey.unique()", contains("AB2CD"))
                    .body("items.ageMinutes", everyItem(greaterThanOrEqualTo(0))));
    String csv = given().get(API + "/exports/devices?site=scan" + run).then().extract().asString();
    assertThat(csv.lines()).hasSize(devices + 1);
    given()
        .queryParam("site", "scan" + run)
        .queryParam("state", "0")
        .queryParam("limit", 1000)
        .get(API + "/devices")
        .then()
        .statusCode(200)
        .body("items", hasSize(19));
  }

  @Test
  @DisplayName("A dry run publishes nothing; a table that is none is refused with its code")
  void refusals() {
    imported("?dryRun=true", "deviceId\n" + name("dry") + "\n")
        .statusCode(200)
        .body("devices", equalTo(1))
        .body("published", equalTo(0));
    imported("", "name\nx\n").statusCode(400).body("code", equalTo("COLUMN_MISSING"));
    imported("?map=nothing", "deviceId\nx\n").statusCode(400).body("field", equalTo("map"));
    imported("", "deviceId,licenseStatus\nx,9\n").statusCode(422).body("errors", hasSize(1));
  }
}
