#include "clv/family/gamma_gompertz.h"
bool gamma_gompertz_log_likelihood(const double *l, const FamilyData *d, double *v, double *g, double *h){return false;}
void gamma_gompertz_start(const FamilyData *d, double *l){}
