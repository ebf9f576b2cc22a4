/** What a test run arms; read only under the condition `fail-points`. */
export const armed = {
  name: process.env.FAIL_POINT,
  pass: Number(process.env.FAIL_POINT_PASS ?? 1),
};
